package io.sparkapp.driver;

import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession$;
import org.apache.spark.sql.SparkSessionCompanion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells {@code SparkSession.builder()} which implementation there is. Left to itself Spark asks
 * Scala's runtime reflection for it once per JVM, which reads the signatures of hundreds of classes
 * to find one object whose name is known: a fifth of the time until a small job's first task.
 *
 * <p>What is written is the lazy value {@code CLASSIC_COMPANION} of Spark's {@code
 * org.apache.spark.sql.SparkSession} object, just as Spark would write it.
 */
final class ClassicSession {

  private static final Logger LOG = LoggerFactory.getLogger(ClassicSession.class);

  private static final String VALUE = "org$apache$spark$sql$SparkSession$$CLASSIC_COMPANION";

  /** Which of the object's lazy values are there: the first of them has the lowest bit. */
  private static final String PRESENT = "bitmap$0";

  private static final byte FIRST = 1;

  private ClassicSession() {}

  /**
   * To be called before the user's program; where Spark is made differently it finds out itself.
   */
  static void tell() {
    try {
      Field value = field(VALUE);
      Field present = field(PRESENT);
      if (!value.equals(firstLazyValue()) || present.getType() != byte.class) {
        throw new NoSuchFieldException(VALUE + " is not the first lazy value");
      }
      // Scala computes a lazy value under its object's lock.
      synchronized (SparkSession$.MODULE$) {
        byte before = present.getByte(null);
        if ((before & FIRST) == 0) {
          value.set(null, org.apache.spark.sql.classic.SparkSession$.MODULE$);
          present.setByte(null, (byte) (before | FIRST));
        }
      }
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      LOG.debug("Spark looks for its sessions itself: {}", e.toString());
    }
  }

  private static Field firstLazyValue() throws NoSuchFieldException {
    return Stream.of(SparkSession$.class.getDeclaredFields())
        .filter(field -> field.getType() == SparkSessionCompanion.class)
        .findFirst()
        .orElseThrow(() -> new NoSuchFieldException(VALUE));
  }

  private static Field field(String name) throws NoSuchFieldException {
    Field field = SparkSession$.class.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
