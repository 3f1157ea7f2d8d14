package io.sparkapp.driver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** A test that the jar has to pass with every line of Spark that it is for. */
@Tag("every-line")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EveryLine {}
