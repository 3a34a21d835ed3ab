kw='''ACTIVE ADD ALL ALLSHORTEST ALLSHORTESTPATHS ALTER ANALYZE AND ANY AS ASC ASCENDING ASYNC BAD BEGIN BFS BUILD BY
CALL CASE CHECK CLEAR CLUSTER COLLECT COMMIT COMMITTING CONFIG CONSTRAINT CONSTRAINTS CONTAINS COORDINATOR COUNT CREATE CSV CURRENT
DATA DATABASE DATABASES DELETE DELIMITER DEMOTE DENY DESC DESCENDING DESCRIPTION DETACH DIRECTORY DISABLE DISTINCT DROP DUMP
EDGE EDGE_TYPES ELSE ENABLE END ENDS ENUM ENUMS EXISTS EXPLAIN EXTRACT
FALSE FIELDTERMINATOR FILTER FOR FORCE FOREACH FREE FROM FULLTEXT FUNCTIONS GLOBAL GRANT GRAPH
HEADER HEADERS HOPS IF IGNORE IMPORT IN INDEX INDEXES INFO INSTANCE INSTANCES IS 
JSONL KB KSHORTEST LAG LEADERSHIP LICENSE LIMIT LOAD LOCK LOOKUP MAIN MATCH MB MEMORY MERGE METRICS MODE
NEXT NO NODE_LABELS NONE NOT NULL NULLIF OF OFFSET ON OPTIONAL OR ORDER
PARALLEL PARQUET PASSWORD PERIODIC POINT PORT PRIVILEGES PROCEDURE PROCEDURES PROFILE PROFILES
QUERY QUOTE RANGE RECOVER REDUCE REGISTER REMOVE RENAME REPLICA REPLICAS REPLICATION RESET RESUME RETURN REVOKE ROLE ROLES ROLLBACK ROUTING ROW ROWS RUNNING
SCAN SCHEMA SESSION SET SETTING SETTINGS SHORTESTPATH SHOW SINGLE SNAPSHOT SUPPORTED_PRIVILEGES SNAPSHOTS START STARTS STATE STOP STORAGE STREAM STREAMS STRICT_SYNC SUSPEND SYNC
TABLE TENANT TERMINATE TEXT THEN TIMEOUT TO TRANSACTION TRANSACTIONS TRIGGER TRIGGERS TRUE TTL
UNION UNLIMITED UNLOCK UNREGISTER UNWIND UPDATE USE USER USERS USING VECTOR VERSION WHEN WHERE WITH WSHORTEST XOR YIELD
ABORTING COMPOSITE CYPHER ALIAS'''.split()
kw=sorted(set(kw)|{'SKIP'})
hard={'CASE','DISTINCT','FALSE','NOT','NULL','TRUE','WHEN'}
fun={'ALL','ALLSHORTESTPATHS','ANY','EXTRACT','FILTER','NONE','REDUCE','SHORTESTPATH','SINGLE'}
lex='''// The words of Skein's query language: openCypher 9 and the statements of cluster and instance administration.
//
// Keywords are ordinary names wherever a name can stand; the parser grammar sorts that out. PATTERN_OPEN is never
// produced here: a pass over the tokens gives this type to every '(' that opens a pattern inside an expression.
lexer grammar QueryLexer;

options { caseInsensitive = true; }

tokens { PATTERN_OPEN }

// ---- keywords, in alphabetical order
'''
for k in kw: lex+=f"{'SKIP_ROWS' if k=='SKIP' else k}: '{k}';\n"
lex+=r'''
// ---- operators and punctuation
OPEN: '(';
CLOSE: ')';
SQUARE_OPEN: '[';
SQUARE_CLOSE: ']';
CURLY_OPEN: '{';
CURLY_CLOSE: '}';
COMMA: ',';
SEMICOLON: ';';
COLON: ':';
DOUBLE_COLON: '::';
DOT: '.';
DOT_DOT: '..';
PIPE: '|';
AMPERSAND: '&';
DOLLAR: '$';
EXCLAMATION: '!';
EQUAL: '=';
PLUS_EQUAL: '+=';
MATCHES: '=~';
NOT_EQUAL: '<>' | '!=';
LESS: '<';
LESS_OR_EQUAL: '<=';
GREATER: '>';
GREATER_OR_EQUAL: '>=';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
CARET: '^';

// Typographic forms that openCypher allows in the arrows of patterns, and nowhere else.
ARROW_LEFT: [\u27E8\u3008\uFE64\uFF1C];
ARROW_RIGHT: [\u27E9\u3009\uFE65\uFF1E];
DASH: [\u00AD\u2010-\u2015\u2212\uFE58\uFE63\uFF0D];

// ---- literals
STRING: '\'' (~['\\] | '\\' .)* '\'' | '"' (~["\\] | '\\' .)* '"';
UNTERMINATED_STRING: '\'' (~['\\] | '\\' .)* '\\'? EOF | '"' (~["\\] | '\\' .)* '\\'? EOF;
FLOAT: (DIGIT* '.' DIGIT+ EXPONENT? | DIGIT+ EXPONENT);
INTEGER: DIGIT+ | '0x' HEX_DIGIT+ | '0o' OCTAL_DIGIT+;
// Digits that run into letters: one token, so that the error names the whole of it.
MALFORMED_NUMBER: (DIGIT+ | DIGIT* '.' DIGIT+) LETTER (LETTER | DIGIT)*;

// ---- names
IDENTIFIER: LETTER (LETTER | DIGIT | MARK)*;
ESCAPED_NAME: '`' (~[`] | '``')* '`';
UNTERMINATED_NAME: '`' (~[`] | '``')* EOF;

// ---- what stands between words
SPACE: [\p{White_Space}\u001C-\u001F\u180E\uFEFF]+ -> channel(HIDDEN);
LINE_COMMENT: '//' ~[\r\n]* -> channel(HIDDEN);
BLOCK_COMMENT: '/*' .*? '*/' -> channel(HIDDEN);
UNTERMINATED_COMMENT: '/*' (~'*' | '*'+ ~[*/])* '*'* EOF;

// Whatever is none of the above reaches the parser, which reports where it stands.
UNKNOWN: .;

fragment DIGIT: [0-9];
fragment HEX_DIGIT: [0-9A-F];
fragment OCTAL_DIGIT: [0-7];
fragment EXPONENT: 'E' [+-]? DIGIT+;
fragment LETTER: [\p{L}\p{Nl}\p{Pc}];
fragment MARK: [\p{M}\p{Nd}];
'''
open('QueryLexer.g4','w').write(lex)
def wrap(ws,ind):
    out=[];line=''
    for w in ws:
        add=('| ' if (line or out) else ': ')+w
        if len(ind+line+' '+add)>112: out.append(ind+line.strip()); line=add
        else: line+=' '+add
    out.append(ind+line.strip())
    return '\n'.join(out)
soft=['SKIP_ROWS' if k=='SKIP' else k for k in kw if k not in hard and k not in fun]
g=open('QueryGrammar.body').read()
g=g.replace('@@HARD@@',wrap(sorted(hard),'    ')).replace('@@FUN@@',wrap(sorted(fun),'    ')).replace('@@SOFT@@',wrap(soft,'    '))
open('QueryGrammar.g4','w').write(g)
import re
used=set(re.findall(r'\b[A-Z_]{2,}\b',g.split('// ---- names')[0]))
print('unused',[k for k in kw if k not in used])
print('undefined',[u for u in used if u not in kw and (u+':') not in lex and u not in('EOF',)])
