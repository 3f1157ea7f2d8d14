package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.apache.spark.sql.SparkSession$;
import org.apache.spark.sql.SparkSessionCompanion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassicSessionTest {

  private static final String VALUE = "org$apache$spark$sql$SparkSession$$CLASSIC_COMPANION";

  @BeforeEach
  @AfterEach
  void forgetWhatSparkKnows() throws ReflectiveOperationException {
    field(VALUE).set(null, null);
    field("bitmap$0").setByte(null, (byte) 0);
  }

  @Test
  void whatSparkIsToldIsWhatItFindsItself() throws ReflectiveOperationException {
    SparkSessionCompanion found = known();
    forgetWhatSparkKnows();

    ClassicSession.tell();

    assertThat(field(VALUE).get(null)).isSameAs(found);
    assertThat(field("bitmap$0").getByte(null)).isEqualTo((byte) 1);
  }

  @Test
  void theOtherImplementationIsStillLookedForWhenItIsAskedFor()
      throws ReflectiveOperationException {
    ClassicSession.tell();

    assertThat(known()).isSameAs(org.apache.spark.sql.classic.SparkSession$.MODULE$);
    assertThat(field("bitmap$0").getByte(null) & 2).as("whether it was looked for").isZero();
  }

  private static SparkSessionCompanion known() {
    return SparkSession$.MODULE$.org$apache$spark$sql$SparkSession$$CLASSIC_COMPANION();
  }

  private static Field field(String name) throws NoSuchFieldException {
    Field field = SparkSession$.class.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
