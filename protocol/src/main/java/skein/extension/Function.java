package skein.extension;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method that expressions can call. It only reads. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Function {
    /** With a namespace of one's own, for example {@code words.initials}; compared ignoring case. */
    String name();

    /** One sentence for SHOW FUNCTIONS. */
    String description() default "";
}
