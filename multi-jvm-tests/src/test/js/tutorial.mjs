// The replication tutorial through the JavaScript driver: node tutorial.mjs MAIN_URI REPLICA_URI REPLICATION_PORT
// Prints one line per statement; exits with 1 at the first answer that is not the documented one.
import neo4j from 'neo4j-driver';
import assert from 'node:assert/strict';

const [mainUri, replicaUri, port] = process.argv.slice(2);
const main = neo4j.driver(mainUri);
const replica = neo4j.driver(replicaUri);

async function run(driver, statement, parameters = {}) {
  // admin statements run on their own, so no driver-managed transaction here
  const session = driver.session();
  try {
    const { records } = await session.run(statement, parameters);
    console.log(`${statement} -> ${records.length} row(s)`);
    return records;
  } finally {
    await session.close();
  }
}

async function until(what, condition) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never happened: ${what}`);
}

try {
  await main.verifyConnectivity();
  await run(replica, `SET REPLICATION ROLE TO REPLICA WITH PORT ${port};`);
  await run(main, `REGISTER REPLICA REP1 SYNC TO "127.0.0.1:${port}";`);
  assert.equal((await run(main, 'SHOW REPLICATION ROLE;'))[0].get('replication role'), 'main');
  assert.equal((await run(replica, 'SHOW REPLICATION ROLE;'))[0].get('replication role'), 'replica');
  await until('REP1 is ready', async () => {
    const [row] = await run(main, 'SHOW REPLICAS;');
    assert.deepEqual(row.keys, ['name', 'socket_address', 'sync_mode', 'system_info', 'data_info']);
    assert.equal(row.get('sync_mode'), 'sync');
    return row.get('data_info').skein.status === 'ready';
  });
  await run(main, 'CREATE (n:N {p: "This is going to be replicated!"});');
  await until('the replica shows the node', async () => {
    const rows = await run(replica, 'MATCH (n:N) RETURN n;');
    return rows.length === 1 && rows[0].get('n').properties.p === 'This is going to be replicated!';
  });
  const [values] = await run(main, 'RETURN $i AS i, $f AS f, $s AS s, $l AS l, $m AS m, date("2020-01-02") AS d, duration("P1DT2S") AS u', {
    i: neo4j.int(7), f: 1.5, s: 'ä', l: [neo4j.int(1), 'x', null], m: { k: true },
  });
  assert.equal(values.get('i').toNumber(), 7);
  assert.equal(values.get('f'), 1.5);
  assert.equal(values.get('s'), 'ä');
  assert.equal(values.get('l')[1], 'x');
  assert.equal(values.get('m').k, true);
  assert.equal(values.get('d').toString(), '2020-01-02');
  assert.equal(values.get('u').days.toNumber(), 1);
  await assert.rejects(() => run(replica, 'CREATE (:Lost)'), { code: 'Neo.ClientError.Cluster.NotALeader' });
  await run(main, 'DROP REPLICA REP1;');
  assert.equal((await run(main, 'SHOW REPLICAS;')).length, 0);
  console.log('all as documented');
} catch (failure) {
  console.error(failure);
  process.exitCode = 1;
} finally {
  await main.close();
  await replica.close();
}
