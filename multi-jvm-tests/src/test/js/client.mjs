// The JavaScript driver, one request after the other: node client.mjs [websocket]
// Takes a line of JSON from standard input, does what it says, and answers with a line: {"ok": ...} or {"code": ...}.
// With `websocket` it is the driver as a page in a browser has it.
import readline from 'node:readline';

const overWebSocket = process.argv[2] === 'websocket';
const neo4j = overWebSocket ? await browserDriver() : (await import('neo4j-driver')).default;
let driver;

async function browserDriver() {
  globalThis.WebSocket = (await import('ws')).default;
  globalThis.window = globalThis;
  const module = await import('neo4j-driver/lib/browser/neo4j-web.esm.js');
  return module.default;
}

// --- values: {t: type, v: content}; numbers travel as text ---------------------------------------------------------
const numbers = (list) => list.map((text) => neo4j.int(text));
const texts = (...list) => list.map((number) => number.toString());

function write({ t, v }) {
  switch (t) {
    case 'null': return null;
    case 'boolean': return v;
    case 'string': return v;
    case 'integer': return neo4j.int(v);
    case 'float': return Number(v);
    case 'bytes': return Int8Array.from(Buffer.from(v, 'base64'));
    case 'list': return v.map(write);
    case 'map': return Object.fromEntries(Object.entries(v).map(([key, value]) => [key, write(value)]));
    case 'date': return new neo4j.types.Date(...numbers(v));
    case 'time': return new neo4j.types.Time(...numbers(v));
    case 'localTime': return new neo4j.types.LocalTime(...numbers(v));
    case 'localDateTime': return new neo4j.types.LocalDateTime(...numbers(v));
    case 'dateTime': return new neo4j.types.DateTime(...numbers(v.slice(0, 7)), ...zone(v[7], v[8]));
    case 'duration': return new neo4j.types.Duration(...numbers(v));
    case 'point': return new neo4j.types.Point(neo4j.int(v[0]), ...v.slice(1).map(Number));
    default: throw new Error(`cannot write a ${t}`);
  }
}

// a driver takes an offset or a zone's name; with both it need not look the zone up
const zone = (offset, name) => (name === '' ? [neo4j.int(offset)] : [neo4j.int(offset), name]);

function read(value) {
  if (value === null) return { t: 'null', v: '' };
  if (typeof value === 'boolean') return { t: 'boolean', v: value };
  if (typeof value === 'string') return { t: 'string', v: value };
  if (typeof value === 'number') return { t: 'float', v: Object.is(value, -0) ? '-0.0' : String(value) };
  if (neo4j.isInt(value)) return { t: 'integer', v: value.toString() };
  if (Array.isArray(value)) return { t: 'list', v: value.map(read) };
  if (ArrayBuffer.isView(value)) {
    return { t: 'bytes', v: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') };
  }
  return readObject(value);
}

function readObject(value) {
  const day = ({ year, month, day }) => texts(year, month, day);
  const clock = ({ hour, minute, second, nanosecond }) => texts(hour, minute, second, nanosecond);
  if (neo4j.isDate(value)) return { t: 'date', v: day(value) };
  if (neo4j.isTime(value)) return { t: 'time', v: [...clock(value), ...texts(value.timeZoneOffsetSeconds)] };
  if (neo4j.isLocalTime(value)) return { t: 'localTime', v: clock(value) };
  if (neo4j.isLocalDateTime(value)) return { t: 'localDateTime', v: [...day(value), ...clock(value)] };
  if (neo4j.isDateTime(value)) {
    const offset = value.timeZoneOffsetSeconds?.toString() ?? '';
    return { t: 'dateTime', v: [...day(value), ...clock(value), offset, value.timeZoneId ?? ''] };
  }
  if (neo4j.isDuration(value)) {
    return { t: 'duration', v: texts(value.months, value.days, value.seconds, value.nanoseconds) };
  }
  if (neo4j.isPoint(value)) {
    return { t: 'point', v: [value.srid, value.x, value.y, value.z].filter((each) => each != null).map(String) };
  }
  return readElement(value);
}

function readElement(value) {
  if (neo4j.isNode(value)) {
    return { t: 'node', id: value.identity.toString(), labels: value.labels, v: readMap(value.properties) };
  }
  if (neo4j.isRelationship(value) || neo4j.isUnboundRelationship(value)) {
    const ends = texts(value.identity, value.start ?? -1, value.end ?? -1);
    return { t: 'relationship', ends, type: value.type, v: readMap(value.properties) };
  }
  if (neo4j.isPath(value)) {
    const nodes = [value.start, ...value.segments.map((segment) => segment.end)];
    const relationships = value.segments.map((segment) => segment.relationship);
    return { t: 'path', nodes: nodes.map(read), relationships: relationships.map(read) };
  }
  return { t: 'map', v: readMap(value) };
}

const readMap = (object) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, read(value)]));

// --- what can be asked ---------------------------------------------------------------------------------------------
function auth({ user, password }) {
  return user === '' ? undefined : neo4j.auth.basic(user, password);
}

function open({ uri, login, connectionsMax }) {
  driver = neo4j.driver(uri, auth(login), { maxConnectionPoolSize: connectionsMax, connectionAcquisitionTimeout: 30000 });
}

function openSession(options) {
  return driver.session({
    database: options.database || undefined,
    defaultAccessMode: options.readOnly ? neo4j.session.READ : neo4j.session.WRITE,
    bookmarks: options.bookmarks,
    ...(options.fetchSize > 0 ? { fetchSize: options.fetchSize } : {}),
    ...(options.login ? { auth: auth(options.login) } : {}),
  });
}

const transactionConfig = ({ timeoutMillis }) => (timeoutMillis > 0 ? { timeout: timeoutMillis } : {});

const parameters = (query) => write({ t: 'map', v: query.parameters });

async function rows(results, most = Infinity) {
  const read = results.map(() => []);
  const open = results.map((result) => result[Symbol.asyncIterator]());
  for (let more = true; more;) {
    more = false;
    for (let i = 0; i < open.length; i++) {
      if (read[i].length >= most) continue;
      const { value, done } = await open[i].next();
      if (!done) {
        read[i].push([...value.values()].map(readValue));
        more = true;
      }
    }
  }
  if (most !== Infinity) await Promise.all(open.map((iterator) => iterator.return()));
  return read;
}

const readValue = (value) => read(value);

const counterNames = {
  nodesCreated: 'nodes-created',
  nodesDeleted: 'nodes-deleted',
  relationshipsCreated: 'relationships-created',
  relationshipsDeleted: 'relationships-deleted',
  propertiesSet: 'properties-set',
  labelsAdded: 'labels-added',
  labelsRemoved: 'labels-removed',
};

async function answer(result, read, session) {
  const summary = await result.summary();
  const version = summary.server.protocolVersion;
  const updates = Object.entries(summary.counters.updates())
    .filter(([name, count]) => count !== 0 && name in counterNames)
    .map(([name, count]) => [counterNames[name], count]);
  return {
    columns: await result.keys(),
    rows: read,
    version: typeof version === 'number' ? version.toFixed(1) : `${version.major}.${version.minor}`,
    agent: summary.server.agent,
    database: summary.database.name ?? '',
    counters: Object.fromEntries(updates),
    plan: summary.profile ? `profile ${summary.profile.operatorType}` : summary.plan ? summary.plan.operatorType : '',
    notifications: summary.notifications.map((notification) => notification.code),
    bookmarks: session ? session.lastBookmarks() : [],
  };
}

async function within(options, work) {
  const session = openSession(options);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

const run = ({ session: options, query, rowsMax }) => within(options, async (session) => {
  const result = session.run(query.text, parameters(query), transactionConfig(options));
  const [read] = await rows([result], rowsMax > 0 ? rowsMax : Infinity);
  return answer(result, read, session);
});

const transaction = ({ session: options, queries, commit }) => within(options, async (session) => {
  const transaction = await session.beginTransaction(transactionConfig(options));
  try {
    const results = queries.map((query) => transaction.run(query.text, parameters(query)));
    const read = await rows(results);
    const answers = [];
    for (let i = 0; i < results.length; i++) answers.push(await answer(results[i], read[i]));
    await (commit ? transaction.commit() : transaction.rollback());
    return answers;
  } finally {
    await transaction.close();
  }
});

const managed = ({ session: options, first, disturbance, second }) => within(options, async (session) => {
  let attempts = 0;
  await session.executeWrite(async (transaction) => {
    await transaction.run(first.text, parameters(first));
    if (++attempts === 1) await within({ bookmarks: [] }, (other) => other.run(disturbance.text, parameters(disturbance)));
    await transaction.run(second.text, parameters(second));
  });
  return attempts;
});

async function together({ transactions, query }) {
  const sessions = Array.from({ length: transactions }, () => openSession({ bookmarks: [] }));
  try {
    const open = await Promise.all(sessions.map((session) => session.beginTransaction()));
    const results = open.map((transaction) => transaction.run(query.text, parameters(query)));
    const answers = await Promise.all(results.map(async (result) => answer(result, (await rows([result]))[0])));
    await Promise.all(open.map((transaction) => transaction.commit()));
    return answers;
  } finally {
    await Promise.all(sessions.map((session) => session.close()));
  }
}

async function close() {
  await driver?.close();
}

const operations = { open, run, transaction, managed, together, close };

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { operation, ...request } = JSON.parse(line);
  let reply;
  try {
    reply = { ok: (await operations[operation](request)) ?? '' };
  } catch (error) {
    reply = { code: error.code ?? 'none', gqlStatus: error.gqlStatus ?? '', message: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
