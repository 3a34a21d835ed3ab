// The complex (IC) and short (IS) reads of an interactive workload over a social network; see InteractiveGraph for what
// they read. A line that begins with "// =" begins a query and names it.

// = IC1 friends with a name
MATCH (p:Person {id: $person}), (friend:Person {firstName: $firstName})
WHERE p <> friend
MATCH path = shortestPath((p)-[:KNOWS*1..3]-(friend))
WITH friend, length(path) AS distance
ORDER BY distance, friend.lastName, friend.id LIMIT 20
MATCH (friend)-[:IS_LOCATED_IN]->(city:City)
OPTIONAL MATCH (friend)-[s:STUDY_AT]->(u:University)-[:IS_LOCATED_IN]->(uc:City)
WITH friend, distance, city, collect(CASE WHEN u IS NULL THEN null ELSE [u.name, s.classYear, uc.name] END) AS studied
OPTIONAL MATCH (friend)-[w:WORK_AT]->(c:Company)-[:IS_LOCATED_IN]->(cc:Country)
WITH friend, distance, city, studied,
     collect(CASE WHEN c IS NULL THEN null ELSE [c.name, w.workFrom, cc.name] END) AS worked
RETURN friend.id AS id, friend.lastName AS lastName, distance, friend.birthday AS birthday,
       friend.creationDate AS since, friend.gender AS gender, friend.browserUsed AS browser, city.name AS city,
       studied, worked
ORDER BY distance, lastName, id

// = IC2 messages of friends
MATCH (:Person {id: $person})-[:KNOWS]-(friend:Person)<-[:HAS_CREATOR]-(m:Message)
WHERE m.creationDate <= $late
RETURN friend.id AS id, friend.firstName AS firstName, friend.lastName AS lastName, m.id AS message,
       m.content AS content, m.creationDate AS written
ORDER BY written DESC, message LIMIT 20

// = IC3 friends in two countries
MATCH (x:Country {name: $country}), (y:Country {name: $otherCountry})
MATCH (p:Person {id: $person})-[:KNOWS*1..2]-(friend:Person)
WHERE friend <> p
WITH DISTINCT friend, x, y
MATCH (friend)-[:IS_LOCATED_IN]->(city:City)
WHERE NOT (city)-[:IS_PART_OF]->(x) AND NOT (city)-[:IS_PART_OF]->(y)
MATCH (friend)<-[:HAS_CREATOR]-(m:Message)-[:IS_LOCATED_IN]->(c:Country)
WHERE (c = x OR c = y) AND m.creationDate >= $early AND m.creationDate < $late
WITH friend, count(CASE WHEN c = x THEN 1 END) AS inX, count(CASE WHEN c = y THEN 1 END) AS inY
WHERE inX > 0 AND inY > 0
RETURN friend.id AS id, friend.firstName AS firstName, friend.lastName AS lastName, inX, inY, inX + inY AS total
ORDER BY total DESC, id LIMIT 20

// = IC4 new topics
MATCH (:Person {id: $person})-[:KNOWS]-(:Person)<-[:HAS_CREATOR]-(post:Post)-[:HAS_TAG]->(tag:Tag)
WITH DISTINCT tag, post
WITH tag,
     sum(CASE WHEN post.creationDate >= $early AND post.creationDate < $late THEN 1 ELSE 0 END) AS posts,
     sum(CASE WHEN post.creationDate < $early THEN 1 ELSE 0 END) AS before
WHERE posts > 0 AND before = 0
RETURN tag.name AS name, posts
ORDER BY posts DESC, name LIMIT 10

// = IC5 new groups
MATCH (p:Person {id: $person})-[:KNOWS*1..2]-(friend:Person)
WHERE friend <> p
WITH DISTINCT friend
MATCH (friend)<-[membership:HAS_MEMBER]-(forum:Forum)
WHERE membership.joinDate > $early
OPTIONAL MATCH (friend)<-[:HAS_CREATOR]-(post:Post)<-[:CONTAINER_OF]-(forum)
WITH forum, count(post) AS posts
RETURN forum.title AS title, posts, forum.id AS id
ORDER BY posts DESC, id LIMIT 20

// = IC6 tags beside a tag
MATCH (known:Tag {name: $tag})
MATCH (p:Person {id: $person})-[:KNOWS*1..2]-(friend:Person)
WHERE friend <> p
WITH DISTINCT friend, known
MATCH (friend)<-[:HAS_CREATOR]-(post:Post)-[:HAS_TAG]->(known)
MATCH (post)-[:HAS_TAG]->(other:Tag)
WHERE other <> known
RETURN other.name AS name, count(DISTINCT post) AS posts
ORDER BY posts DESC, name LIMIT 10

// = IC7 recent likes
MATCH (p:Person {id: $person})<-[:HAS_CREATOR]-(m:Message)<-[like:LIKES]-(liker:Person)
WITH p, liker, m, like.creationDate AS liked
ORDER BY liked DESC, m.id
WITH p, liker, head(collect({message: m, liked: liked})) AS latest
RETURN liker.id AS id, liker.firstName AS firstName, latest.liked AS liked, latest.message.id AS message,
       latest.message.content AS content, (latest.liked - latest.message.creationDate) / 60000 AS minutes,
       NOT (liker)-[:KNOWS]-(p) AS stranger
ORDER BY liked DESC, id LIMIT 20

// = IC8 recent replies
MATCH (:Person {id: $person})<-[:HAS_CREATOR]-(:Message)<-[:REPLY_OF]-(c:Comment)-[:HAS_CREATOR]->(author:Person)
RETURN author.id AS id, author.firstName AS firstName, author.lastName AS lastName, c.creationDate AS written,
       c.id AS comment, c.content AS content
ORDER BY written DESC, comment LIMIT 20

// = IC9 messages, 2nd degree
MATCH (p:Person {id: $person})-[:KNOWS*1..2]-(friend:Person)
WHERE friend <> p
WITH DISTINCT friend
MATCH (friend)<-[:HAS_CREATOR]-(m:Message)
WHERE m.creationDate < $late
RETURN friend.id AS id, friend.firstName AS firstName, friend.lastName AS lastName, m.id AS message,
       m.content AS content, m.creationDate AS written
ORDER BY written DESC, message LIMIT 20

// = IC10 whom to know
MATCH (p:Person {id: $person})-[:KNOWS]-(:Person)-[:KNOWS]-(friend:Person)
WHERE friend <> p AND NOT (friend)-[:KNOWS]-(p)
WITH DISTINCT p, friend
WHERE friend.birthday.month = $month AND friend.birthday.day >= 21
   OR friend.birthday.month = $nextMonth AND friend.birthday.day < 22
MATCH (friend)-[:IS_LOCATED_IN]->(city:City)
OPTIONAL MATCH (friend)<-[:HAS_CREATOR]-(post:Post)
WITH p, friend, city, collect(post) AS posts
WITH friend, city, size(posts) AS count,
     size([x IN posts WHERE (x)-[:HAS_TAG]->(:Tag)<-[:HAS_INTEREST]-(p)]) AS shared
RETURN friend.id AS id, friend.firstName AS firstName, 2 * shared - count AS score, friend.gender AS gender,
       city.name AS city
ORDER BY score DESC, id LIMIT 10

// = IC11 who works where
MATCH (p:Person {id: $person})-[:KNOWS*1..2]-(friend:Person)
WHERE friend <> p
WITH DISTINCT friend
MATCH (friend)-[w:WORK_AT]->(company:Company)-[:IS_LOCATED_IN]->(:Country {name: $country})
WHERE w.workFrom < $year
RETURN friend.id AS id, friend.firstName AS firstName, friend.lastName AS lastName, company.name AS company,
       w.workFrom AS since
ORDER BY since, id, company DESC LIMIT 10

// = IC12 experts
MATCH (:Person {id: $person})-[:KNOWS]-(friend:Person)<-[:HAS_CREATOR]-(c:Comment)-[:REPLY_OF]->(:Post)
      -[:HAS_TAG]->(tag:Tag)-[:HAS_TYPE]->(:TagClass)-[:IS_SUBCLASS_OF*0..]->(:TagClass {name: $class})
RETURN friend.id AS id, friend.firstName AS firstName, collect(DISTINCT tag.name) AS tags,
       count(DISTINCT c) AS replies
ORDER BY replies DESC, id LIMIT 20

// = IC13 one shortest path
MATCH (a:Person {id: $person}), (b:Person {id: $other})
OPTIONAL MATCH path = shortestPath((a)-[:KNOWS*]-(b))
RETURN CASE WHEN path IS NULL THEN -1 ELSE length(path) END AS length

// = IC14 all shortest paths
MATCH (a:Person {id: $person}), (b:Person {id: $other})
MATCH path = allShortestPaths((a)-[:KNOWS*]-(b))
WITH nodes(path) AS people
UNWIND range(0, size(people) - 2) AS i
WITH people, people[i] AS x, people[i + 1] AS y
WITH people,
     COUNT { MATCH (x)<-[:HAS_CREATOR]-(:Comment)-[:REPLY_OF]->(:Post)-[:HAS_CREATOR]->(y) } AS toPosts,
     COUNT { MATCH (y)<-[:HAS_CREATOR]-(:Comment)-[:REPLY_OF]->(:Post)-[:HAS_CREATOR]->(x) } AS fromPosts,
     COUNT { MATCH (x)<-[:HAS_CREATOR]-(:Comment)-[:REPLY_OF]-(:Comment)-[:HAS_CREATOR]->(y) } AS comments
WITH [person IN people | person.id] AS ids, sum(toPosts + fromPosts + 0.5 * comments) AS weight
RETURN ids, weight
ORDER BY weight DESC, ids

// = IS1 profile
MATCH (p:Person {id: $person})-[:IS_LOCATED_IN]->(city:City)
RETURN p.firstName, p.lastName, p.birthday, p.locationIP, p.browserUsed, city.id, p.gender, p.creationDate

// = IS2 last messages
MATCH (:Person {id: $person})<-[:HAS_CREATOR]-(m:Message)
WITH m, m.creationDate AS written, m.id AS id
ORDER BY written DESC, id DESC LIMIT 10
MATCH (m)-[:REPLY_OF*0..]->(post:Post)-[:HAS_CREATOR]->(author:Person)
RETURN id, m.content AS content, written, post.id AS post, author.id AS author, author.firstName AS firstName
ORDER BY written DESC, id DESC

// = IS3 friends
MATCH (:Person {id: $person})-[r:KNOWS]-(friend:Person)
RETURN friend.id AS id, friend.firstName AS firstName, friend.lastName AS lastName, r.creationDate AS since
ORDER BY since DESC, id

// = IS4 a message
MATCH (m:Message {id: $message})
RETURN m.creationDate, m.content

// = IS5 who wrote it
MATCH (:Message {id: $message})-[:HAS_CREATOR]->(p:Person)
RETURN p.id, p.firstName, p.lastName

// = IS6 where it stands
MATCH (:Message {id: $message})-[:REPLY_OF*0..]->(:Post)<-[:CONTAINER_OF]-(forum:Forum)-[:HAS_MODERATOR]->(p:Person)
RETURN forum.id, forum.title, p.id, p.firstName, p.lastName

// = IS7 its replies
MATCH (m:Message {id: $message})<-[:REPLY_OF]-(c:Comment)-[:HAS_CREATOR]->(author:Person)
OPTIONAL MATCH (m)-[:HAS_CREATOR]->(writer:Person)-[r:KNOWS]-(author)
RETURN c.id AS id, c.content AS content, c.creationDate AS written, author.id AS author,
       author.firstName AS firstName, r IS NOT NULL AS known
ORDER BY written DESC, author
