// Skein's query language: the whole of openCypher 9, Memgraph's and Neo4j's additions that cypher users meet daily, and
// the statements of cluster and instance administration in all their dialects.
//
// How it stays fast and shallow:
//  * Expressions are one left-recursive rule, loosest operator last: a literal is two rules deep, not one per operator.
//  * '[' and '(' are decided at once. Everything in square brackets is one rule (listBrackets); the tree builder tells
//    literals and comprehensions apart. '(' that opens a pattern inside an expression arrives as PATTERN_OPEN.
//  * Keywords are names: 'name' takes every keyword, 'variable' all but the seven that open or join expressions.
//
// What is read here but has no node in the syntax tree is refused by name by the tree builder.
parser grammar QueryGrammar;

options { tokenVocab = QueryLexer; }

script: statement SEMICOLON* EOF;

statement
    : data
    | index
    | constraint
    | show
    | transaction
    | useDatabase
    | snapshot
    | isolation
    | terminate
    | upkeep
    | administration
    | coordination
    | knownElsewhere
    ;

// ---- data queries

data: planMode=(EXPLAIN | PROFILE)? directives? query memoryLimit?;

directives: USING directive (COMMA directive)*;

directive
    : INDEX indexHint (COMMA indexHint)*    # HintDirective
    | PERIODIC COMMIT INTEGER               # PeriodicCommitDirective
    | HOPS LIMIT INTEGER                    # HopsLimitDirective
    | PARALLEL name INTEGER?                # ParallelDirective
    ;

memoryLimit: QUERY MEMORY (UNLIMITED | LIMIT INTEGER (KB | MB));

query: singleQuery (unionJoin singleQuery)*;

unionJoin: UNION (ALL | DISTINCT)?;

singleQuery: clause+;

clause
    : matchClause
    | unwindClause
    | withClause
    | returnClause
    | createClause
    | mergeClause
    | setClause
    | removeClause
    | deleteClause
    | callSubqueryClause
    | callProcedureClause
    | foreachClause
    | loadCsvClause
    | loadOtherClause
    ;

matchClause: OPTIONAL? MATCH pattern matchHint* where?;

matchHint: USING (INDEX | SCAN) indexHint;

indexHint: variable? COLON name (open name (COMMA name)* CLOSE)?;

where: WHERE expression;

unwindClause: UNWIND expression AS variable;

withClause: WITH projection where?;

returnClause: RETURN projection;

projection: DISTINCT? (STAR | projectionItem) (COMMA projectionItem)* orderBy? skipRows? limitRows?;

projectionItem: expression (AS variable)?;

orderBy: ORDER BY sortItem (COMMA sortItem)*;

sortItem: expression (ASC | ASCENDING | descending=DESC | descending=DESCENDING)?;

skipRows: (SKIP_ROWS | OFFSET) expression;

limitRows: LIMIT expression;

createClause: CREATE pattern;

mergeClause: MERGE pathPattern mergeAction*;

mergeAction: ON (CREATE | MATCH) SET setItem (COMMA setItem)*;

setClause: SET setItem (COMMA setItem)*;

setItem
    : propertyTarget EQUAL expression    # SetProperty
    | variable EQUAL expression          # SetReplace
    | variable PLUS_EQUAL expression     # SetMerge
    | variable labelTail+                # SetLabels
    ;

propertyTarget: atom (DOT name | SQUARE_OPEN expression SQUARE_CLOSE)+;

labelTail: COLON (name | DOLLAR open expression CLOSE | parameter);

removeClause: REMOVE removeItem (COMMA removeItem)*;

removeItem
    : propertyTarget         # RemoveProperty
    | variable labelTail+    # RemoveLabels
    ;

deleteClause: DETACH? DELETE expression (COMMA expression)*;

callProcedureClause: OPTIONAL? CALL dottedName arguments? procedureMemory? yieldPart?;

dottedName: name (DOT name)*;

arguments: open (expression (COMMA expression)*)? CLOSE;

procedureMemory: PROCEDURE MEMORY (UNLIMITED | LIMIT INTEGER (KB | MB));

yieldPart: YIELD (STAR | MINUS | yieldItem (COMMA yieldItem)*) where?;

yieldItem: name (AS variable)?;

callSubqueryClause: OPTIONAL? CALL subqueryImports? CURLY_OPEN query CURLY_CLOSE batches?;

subqueryImports: open (STAR | variable (COMMA variable)*)? CLOSE;

batches: IN (expression? concurrent=name)? TRANSACTIONS (OF expression (ROW | ROWS))? batchFailure*;

batchFailure: ON name name | name name AS variable;

foreachClause: FOREACH open variable IN expression PIPE clause+ CLOSE;

loadCsvClause
    : LOAD CSV (WITH HEADERS)? FROM source=expression (headerWord=(WITH | NO) HEADER)? (IGNORE bad=BAD)?
        (DELIMITER delimiter=expression)? (QUOTE quote=expression)? (NULLIF nullText=expression)?
        AS variable (FIELDTERMINATOR terminator=expression)?
    ;

loadOtherClause: LOAD (PARQUET | JSONL) FROM expression (WITH CONFIG mapLiteral)? AS variable;

// ---- patterns

pattern: pathPattern (COMMA pathPattern)*;

pathPattern: (variable EQUAL)? (shortestPath | patternElement);

shortestPath: (SHORTESTPATH | ALLSHORTESTPATHS) open patternElement CLOSE;

patternElement
    : nodePattern patternStep*
    | open patternElement CLOSE
    ;

patternStep: relationshipPattern nodePattern;

nodePattern: open variable? labelSet? properties? where? CLOSE;

labelSet: COLON labelTerm ((COLON | PIPE | AMPERSAND) labelTerm)*;

labelTerm
    : name
    | EXCLAMATION labelTerm
    | PERCENT
    | parameter
    | open labelTerm ((PIPE | AMPERSAND) labelTerm)* CLOSE
    ;

properties: mapLiteral | parameter;

relationshipPattern: leftHead? dash relationshipDetail? dash rightHead?;

leftHead: LESS | ARROW_LEFT;

rightHead: GREATER | ARROW_RIGHT;

dash: MINUS | DASH;

relationshipDetail: SQUARE_OPEN variable? relationshipTypes? expansion? properties? where? SQUARE_CLOSE;

relationshipTypes: COLON name (PIPE COLON? name)*;

expansion
    : STAR bounds? lambda?                                                                  # PlainExpansion
    | STAR BFS bounds? lambda?                                                              # BreadthFirst
    | STAR (WSHORTEST | ALLSHORTEST) bounds? weight=lambda total=variable? filter=lambda?   # WeightedExpansion
    | STAR KSHORTEST bounds? (PIPE bound)?                                                  # KShortest
    | malformedBounds                                                                       # MalformedExpansion
    ;

// Read only to say what is wrong with it.
malformedBounds
    : STAR MINUS INTEGER? (DOT_DOT bound?)?
    | STAR bound DOT_DOT MINUS INTEGER
    | DOT_DOT bound?
    ;

bounds
    : from=bound? DOT_DOT to=bound?
    | exact=bound
    ;

bound: INTEGER | parameter;

lambda: open variable COMMA variable (COMMA variable)* PIPE expression CLOSE;

// ---- expressions, tightest operator first

expression
    : atom                                                                                           # Primary
    | expression DOT name                                                                            # Property
    | expression SQUARE_OPEN from=expression? (DOT_DOT to=expression?)? SQUARE_CLOSE                 # Subscript
    | expression COLON name                                                                          # HasLabel
    | sign=(PLUS | MINUS) expression                                                                 # Signed
    | expression CARET expression                                                                    # Power
    | expression operator=(STAR | SLASH | PERCENT) expression                                        # Product
    | expression operator=(PLUS | MINUS) expression                                                  # Sum
    | expression (operator=(IN | CONTAINS | MATCHES) | operator=(STARTS | ENDS) WITH) expression     # Test
    | expression IS NOT? NULL                                                                        # NullTest
    | expression operator=(EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL)
        expression                                                                                   # Compared
    | NOT expression                                                                                 # Negated
    | expression AND expression                                                                      # Conjunction
    | expression XOR expression                                                                      # ExclusiveOr
    | expression OR expression                                                                       # Disjunction
    ;

atom
    : literal
    | parameter
    | listBrackets
    | mapLiteral
    | caseExpression
    | quantified
    | reduce
    | elementwise
    | shortestPath
    | subquery
    | countStar
    | patternPredicate
    | parenthesised
    | enumValue
    | functionCall
    | mapProjection
    | variable
    ;

literal: NULL | TRUE | FALSE | INTEGER | FLOAT | MALFORMED_NUMBER | STRING;

parameter: DOLLAR (name | INTEGER);

// [1, 2] and [x IN l WHERE p | e] and [(a)-->(b) WHERE p | e] and [p = (a)-->(b) | e]
listBrackets
    : SQUARE_OPEN (expression ((COMMA expression)+ | where? (PIPE projected=expression)?))? SQUARE_CLOSE
    ;

mapLiteral: CURLY_OPEN (mapEntry (COMMA mapEntry)*)? CURLY_CLOSE;

mapEntry: name COLON expression;

caseExpression: CASE subject=expression? caseBranch+ (ELSE otherwise=expression)? END;

caseBranch: WHEN expression THEN expression;

quantified: quantifier=(ALL | ANY | NONE | SINGLE) open variable IN expression where CLOSE;

reduce: REDUCE open variable EQUAL expression COMMA variable IN expression PIPE expression CLOSE;

elementwise: (EXTRACT | FILTER) open variable IN expression where? (PIPE expression)? CLOSE;

subquery: kind=(EXISTS | COUNT | COLLECT) CURLY_OPEN (pattern where? | query) CURLY_CLOSE;

countStar: COUNT open STAR CLOSE;

patternPredicate: patternPredicateStart patternStep+;

patternPredicateStart: PATTERN_OPEN variable? labelSet? properties? where? CLOSE;

parenthesised: OPEN expression CLOSE;

enumValue: name DOUBLE_COLON name;

functionCall: functionName open DISTINCT? (expression (COMMA expression)*)? CLOSE;

functionName: plainFunctionName | name (DOT name)+;

mapProjection: variable CURLY_OPEN (projectedEntry (COMMA projectedEntry)*)? CURLY_CLOSE;

projectedEntry
    : DOT name                # ProjectedKey
    | DOT STAR                # ProjectedAll
    | name COLON expression   # ProjectedExpression
    | variable                # ProjectedVariable
    ;

open: OPEN | PATTERN_OPEN;

// ---- indexes, questions, transactions

index
    : action=(CREATE | DROP) subject=(EDGE | POINT)? INDEX ON COLON name
        (open keyPath (COMMA keyPath)* CLOSE)? indexConfig?                                   # PlainIndex
    | CREATE form=(RANGE | POINT)? INDEX indexName=name? (IF NOT EXISTS)? FOR indexSubject
        ON open indexKey (COMMA indexKey)* CLOSE indexConfig?                                 # NamedIndex
    | DROP INDEX name (IF EXISTS)?                                                            # DropNamedIndex
    | DROP ALL INDEXES                                                                        # DropAllIndexes
    | ANALYZE GRAPH (ON LABELS (STAR | COLON name (COMMA COLON name)*))? (DELETE STATISTICS)?    # AnalyzeGraph
    ;

keyPath: name (DOT name)*;

indexSubject
    : open variable COLON name CLOSE                                           # NodeSubject
    | open CLOSE leftHead? dash SQUARE_OPEN variable COLON name SQUARE_CLOSE
        dash rightHead? open CLOSE                                             # RelationshipSubject
    ;

indexKey: variable (DOT name)+;

indexConfig: (WITH CONFIG | name) mapLiteral;

constraint
    : CREATE CONSTRAINT constraintName=name? (IF NOT EXISTS)? constraintRule indexConfig?   # CreateConstraint
    | DROP CONSTRAINT constraintRule                                                        # DropConstraint
    | DROP CONSTRAINT name (IF EXISTS)?                                                     # DropNamedConstraint
    | DROP ALL CONSTRAINTS                                                                  # DropAllConstraints
    ;

constraintRule: (FOR | ON) indexSubject (REQUIRE | ASSERT) constraintCondition;

constraintCondition
    : EXISTS open indexKey CLOSE                                               # ExistsCondition
    | constraintKeys IS NOT NULL                                               # NotNullCondition
    | constraintKeys IS name? UNIQUE                                           # UniqueCondition
    | constraintKeys IS name? KEY                                              # KeyCondition
    | constraintKeys (IS TYPED | IS DOUBLE_COLON | DOUBLE_COLON) propertyType  # TypedCondition
    ;

constraintKeys: open indexKey (COMMA indexKey)* CLOSE | indexKey (COMMA indexKey)*;

propertyType: name+ elementType? name* (PIPE propertyType)?;

elementType: LESS propertyType GREATER;

show: SHOW showSubject showTail?;

showTail
    : YIELD (STAR | yieldItem (COMMA yieldItem)*) orderBy? skipRows? limitRows? where? returnClause?
    | where
    ;

showSubject
    : INDEX INFO?
    | INDEXES
    | CONSTRAINT INFO
    | CONSTRAINTS
    | STORAGE INFO (ON CURRENT DATABASE)?
    | NODE_LABELS INFO
    | EDGE_TYPES INFO
    | DATABASES
    | DATABASE
    | name DATABASE
    | TRANSACTION
    | (transactionStatus (COMMA transactionStatus)*)? TRANSACTIONS
    | FUNCTIONS
    | PROCEDURES
    ;

transactionStatus: RUNNING | COMMITTING | ABORTING;

transaction: (BEGIN | COMMIT | ROLLBACK) TRANSACTION?;

useDatabase: USE DATABASE name;

snapshot: CREATE SNAPSHOT | SHOW SNAPSHOTS | SHOW NEXT SNAPSHOT | RECOVER SNAPSHOT STRING FORCE?;

isolation: SET scope=(GLOBAL | SESSION | NEXT) TRANSACTION ISOLATION LEVEL isolationLevel;

isolationLevel: SNAPSHOT ISOLATION | READ COMMITTED | READ UNCOMMITTED;

terminate: TERMINATE (TRANSACTION | TRANSACTIONS) terminated (COMMA terminated)*;

terminated: STRING | parameter;

upkeep
    : DUMP DATABASE       # DumpDatabase
    | FREE MEMORY         # FreeMemory
    | STORAGE MODE name   # StorageMode
    ;

// ---- administration of this instance

administration
    : SET REPLICATION ROLE TO (MAIN FORCE? | REPLICA) (WITH PORT MINUS? INTEGER)?         # SetReplicationRole
    | SHOW REPLICATION ROLE                                                               # ShowReplicationRole
    | (REGISTER | CREATE) REPLICA name replicationMode (WITH TIMEOUT timeout)? TO address RESYNC?  # RegisterReplica
    | DROP REPLICA name                                                                   # DropReplica
    | SHOW REPLICAS                                                                       # ShowReplicas
    | SHOW REPLICATION LAG                                                                # ShowReplicationLag
    | CREATE DATABASE name (IF NOT EXISTS)?                                               # CreateDatabase
    | DROP DATABASE name (IF EXISTS)? FORCE?                                              # DropDatabase
    | RENAME DATABASE source=name TO target=name                                          # RenameDatabase
    | SET DATABASE SETTING setting=STRING TO settingValue=STRING                          # SetDatabaseSetting
    | SHOW DATABASE (SETTING setting=STRING | SETTINGS)                                   # ShowDatabaseSettings
    | SHOW CONFIG                                                                         # ShowConfig
    | SHOW VERSION                                                                        # ShowVersion
    | SHOW (BUILD | LICENSE) INFO                                                         # ShowBuildInfo
    | SHOW METRICS INFO?                                                                  # ShowMetrics
    | RELOAD BOLT_SERVER TLS                                                              # ReloadBoltTls
    | RELOAD INTRA_CLUSTER TLS                                                            # ReloadClusterTls
    | CREATE USER (IF NOT EXISTS)? userName=argument (IF NOT EXISTS)?
        (IDENTIFIED BY secret | passwordPart change?)?                                    # CreateUser
    | ALTER USER (IF EXISTS)? userName=argument (IF EXISTS)?
        (passwordPart change? | SET PASSWORD change)                                      # AlterUser
    | SET PASSWORD FOR userName=argument TO secret                                        # SetPasswordFor
    | SET PASSWORD TO after=secret REPLACE before=secret                                  # ReplacePassword
    | ALTER CURRENT USER SET PLAINTEXT? PASSWORD FROM before=secret TO after=secret       # AlterOwnPassword
    | DROP USER (IF EXISTS)? userName=argument (IF EXISTS)?                               # DropUser
    | SHOW USERS chosenColumns?                                                           # ShowUsers
    | SHOW CURRENT USER chosenColumns?                                                    # ShowCurrentUser
    ;

chosenColumns: YIELD (STAR | name (COMMA name)*);

argument: name | parameter;

secret: STRING | parameter;

passwordPart: SET PLAINTEXT? PASSWORD secret;

change: (SET PASSWORD)? CHANGE NOT? REQUIRED;

replicationMode: SYNC | ASYNC | STRICT_SYNC | QUORUM;

timeout: INTEGER | FLOAT;

// Anything but a string is read as well, so that the answer can say how an address is written.
address: STRING | ~(STRING | SEMICOLON) (~SEMICOLON)*;

// ---- commands for coordinators

coordination
    : ADD COORDINATOR INTEGER WITH CONFIG configMap                                        # AddCoordinator
    | REMOVE COORDINATOR INTEGER                                                          # RemoveCoordinator
    | REGISTER INSTANCE name (AS replicationMode)? WITH CONFIG configMap RESYNC?           # RegisterInstance
    | REGISTER INSTANCE name (AS replicationMode)? ON management=STRING WITH replication=STRING RESYNC?  # RegisterInstanceOn
    | UNREGISTER INSTANCE name                                                            # UnregisterInstance
    | SET INSTANCE name TO MAIN SWITCHOVER?                                               # SetInstanceToMain
    | DEMOTE INSTANCE name                                                                # DemoteInstance
    | UPDATE CONFIG FOR INSTANCE name configMap                                           # UpdateInstance
    | UPDATE CONFIG FOR COORDINATOR INTEGER configMap                                     # UpdateCoordinator
    | FORCE RESET CLUSTER STATE                                                           # ForceReset
    | YIELD LEADERSHIP                                                                    # YieldLeadership
    | SET COORDINATOR SETTING setting=STRING TO settingValue=STRING                       # SetCoordinatorSetting
    | SHOW COORDINATOR SETTINGS                                                           # ShowCoordinatorSettings
    | (PAUSE | RESUME) FAILOVER                                                           # PauseFailover
    | SHOW FAILOVERS                                                                      # ShowFailovers
    | SHOW FAILOVER CANDIDATES                                                            # ShowFailoverCandidates
    | SHOW INSTANCE                                                                       # ShowInstance
    | SHOW INSTANCES                                                                      # ShowInstances
    | SHOW ROUTING TABLE                                                                  # ShowRoutingTable
    ;

configMap: CURLY_OPEN (configEntry (COMMA configEntry)*)? CURLY_CLOSE;

configEntry: (key=STRING | name) COLON (settled=(STRING | INTEGER | FLOAT | TRUE | FALSE) | parameter);

// ---- statements that Skein knows and refuses by name: their first words identify them

knownElsewhere: feature rest;

rest: (~SEMICOLON)*;

feature
    : (CREATE | DROP) (GLOBAL EDGE | VECTOR | VECTOR EDGE | TEXT | TEXT EDGE | FULLTEXT | LOOKUP) INDEX
    | DROP GRAPH
    | (ALTER | START | STOP | SUSPEND | RESUME) DATABASE
    | (CREATE | DROP | ALTER) (COMPOSITE DATABASE | ALIAS)
    | RENAME USER
    | (CREATE | DROP | ALTER | RENAME) (ROLE | ENUM)
    | (CREATE | DROP | ALTER | UPDATE) (USER | TENANT)? PROFILE
    | (CREATE | DROP) TRIGGER
    | (CREATE | ALTER) name STREAM
    | (CREATE | DROP | START | STOP | CHECK) (STREAM | ALL STREAMS)
    | (CREATE | ENABLE | DISABLE | STOP | START) GLOBAL? TTL
    | DROP GLOBAL? TTL
    | SHOW (USER | ROLES | ROLE | CURRENT ROLE | PRIVILEGES | SUPPORTED_PRIVILEGES)
    | SHOW (TRIGGERS | TRIGGER | STREAMS | ENUMS | ENUM | TTL | SETTINGS | ALIAS)
    | SHOW (ACTIVE USERS | SCHEMA | GLOBAL | TENANT | DESCRIPTION | PASSWORD) INFO?
    | SHOW USER? (PROFILE | PROFILES)
    | SHOW name name? (DATABASE | DATABASES)
    | SHOW name (INDEX | INDEXES | CONSTRAINT | CONSTRAINTS | FUNCTIONS | PROCEDURES)
    | SHOW STORAGE INFO ON DATABASE
    | SET (ROLE | USER | TENANT | PROFILE | DESCRIPTION)
    | CLEAR (ROLE | USER | TENANT | PROFILE)
    | (GRANT | DENY | REVOKE)
    | EDGE IMPORT MODE
    | (LOCK | UNLOCK) DATA DIRECTORY
    | DATA DIRECTORY LOCK
    | CYPHER
    ;

// ---- names

// A name that can stand in no other role: label, type, key, function, replica.
name: IDENTIFIER | ESCAPED_NAME | keyword | expressionWord | constructWord;

variable: IDENTIFIER | ESCAPED_NAME | keyword | constructWord;

// A function without a namespace cannot have the name of a construct that looks like a call.
plainFunctionName: IDENTIFIER | ESCAPED_NAME | keyword;

expressionWord
    : CASE | DISTINCT | FALSE | NOT | NULL | TRUE | WHEN
    ;

constructWord
    : ALL | ALLSHORTESTPATHS | ANY | EXTRACT | FILTER | NONE | REDUCE | SHORTESTPATH | SINGLE
    ;

keyword
    : ABORTING | ACTIVE | ADD | ALIAS | ALLSHORTEST | ALTER | ANALYZE | AND | AS | ASC | ASCENDING | ASSERT | ASYNC
    | BAD | BEGIN | BFS | BOLT_SERVER | BUILD | BY
    | CALL | CANDIDATES | CHANGE | CHECK | CLEAR | CLUSTER | COLLECT | COMMIT | COMMITTED | COMMITTING | COMPOSITE | CONFIG
    | CONSTRAINT | CONSTRAINTS | CONTAINS | COORDINATOR | COUNT | CREATE | CSV | CURRENT | CYPHER
    | DATA | DATABASE | DATABASES | DELETE | DELIMITER | DEMOTE | DENY | DESC | DESCENDING | DESCRIPTION
    | DETACH | DIRECTORY | DISABLE | DROP | DUMP
    | EDGE | EDGE_TYPES | ELSE | ENABLE | END | ENDS | ENUM | ENUMS | EXISTS | EXPLAIN
    | FAILOVER | FAILOVERS | FIELDTERMINATOR | FOR | FORCE | FOREACH | FREE | FROM | FULLTEXT | FUNCTIONS
    | GLOBAL | GRANT | GRAPH
    | HEADER | HEADERS | HOPS
    | IDENTIFIED | IF | IGNORE | IMPORT | IN | INDEX | INDEXES | INFO | INSTANCE | INSTANCES | INTRA_CLUSTER | IS | ISOLATION
    | JSONL
    | KB | KEY | KSHORTEST
    | LABELS | LAG | LEADERSHIP | LEVEL | LICENSE | LIMIT | LOAD | LOCK | LOOKUP
    | MAIN | MATCH | MB | MEMORY | MERGE | METRICS | MODE
    | NEXT | NO | NODE_LABELS | NULLIF
    | OF | OFFSET | ON | OPTIONAL | OR | ORDER
    | PARALLEL | PARQUET | PASSWORD | PAUSE | PERIODIC | PLAINTEXT | POINT | PORT | PRIVILEGES | PROCEDURE | PROCEDURES | PROFILE
    | PROFILES
    | QUERY | QUORUM | QUOTE
    | RANGE | READ | RECOVER | REGISTER | RELOAD | REMOVE | RENAME | REPLACE | REPLICA | REPLICAS | REPLICATION
    | REQUIRE | REQUIRED | RESET | RESUME | RESYNC | RETURN | REVOKE | ROLE | ROLES | ROLLBACK | ROUTING | ROW | ROWS | RUNNING
    | SCAN | SCHEMA | SESSION | SET | SETTING | SETTINGS | SHOW | SKIP_ROWS | SNAPSHOT | SNAPSHOTS | START
    | STARTS | STATE | STATISTICS | STOP | STORAGE | STREAM | STREAMS | STRICT_SYNC | SUPPORTED_PRIVILEGES | SUSPEND
    | SWITCHOVER | SYNC
    | TABLE | TENANT | TERMINATE | TEXT | THEN | TIMEOUT | TLS | TO | TRANSACTION | TRANSACTIONS | TRIGGER
    | TRIGGERS | TTL | TYPED
    | UNCOMMITTED | UNION | UNIQUE | UNLIMITED | UNLOCK | UNREGISTER | UNWIND | UPDATE | USE | USER | USERS | USING
    | VECTOR | VERSION
    | WHERE | WITH | WSHORTEST
    | XOR
    | YIELD
    ;
