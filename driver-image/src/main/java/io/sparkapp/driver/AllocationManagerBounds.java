package io.sparkapp.driver;

import java.lang.reflect.Field;
import org.apache.spark.ExecutorAllocationManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Spark's dynamic allocation new bounds. {@code ExecutorAllocationManager} (Spark 4.0 to 4.2)
 * reads its configuration once, into two private fields that it looks at in each of its rounds, and
 * offers no other way. To clamp what it asks for alone would not do: below its own maximum it never
 * asks for more, and above its own minimum it never lets an idle executor go.
 */
final class AllocationManagerBounds {

  private static final Logger LOG = LoggerFactory.getLogger(AllocationManagerBounds.class);

  private AllocationManagerBounds() {}

  static void set(ExecutorAllocationManager manager, int min, int max) {
    try {
      // Its rounds are synchronized on it.
      synchronized (manager) {
        set(manager, "minNumExecutors", min);
        set(manager, "maxNumExecutors", max);
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.warn(
          "This Spark does not let the bounds of dynamic allocation be changed while it runs ({});"
              + " fewer executors are asked for than it wants, but never more.",
          e.toString());
    }
  }

  private static void set(ExecutorAllocationManager manager, String name, int value)
      throws ReflectiveOperationException {
    Field field = ExecutorAllocationManager.class.getDeclaredField(name);
    field.setAccessible(true);
    field.setInt(manager, value);
  }
}
