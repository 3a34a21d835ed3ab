/**
 * The lexer and parser that ANTLR makes from {@code QueryLexer.g4} and {@code QueryGrammar.g4}. Read the latter first:
 * it is the whole surface of the language on a few pages.
 *
 * <p>Invariant: generated, never edited; only {@code skein.cypher.syntax} uses it. Knows nothing of syntax trees.
 */
@NullUnmarked
package skein.cypher.syntax.grammar;

import org.jspecify.annotations.NullUnmarked;
