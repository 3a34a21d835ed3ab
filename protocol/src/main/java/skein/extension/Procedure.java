package skein.extension;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method that CALL can run. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Procedure {
    /** With a namespace of one's own, for example {@code words.split}; compared ignoring case. */
    String name();

    /** One sentence for SHOW PROCEDURES. */
    String description() default "";

    /** Whether it changes the graph; one that does not say so cannot. */
    boolean writes() default false;
}
