package io.sparkapp.operator.applicationmaster;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Lets values that are equal be one object: thousands of pods have the same labels, images and
 * containers. What nothing else refers to any more is forgotten. Who takes a value from here must
 * not change it.
 */
final class SharedValues {

  private final Map<Object, WeakReference<Object>> values = new WeakHashMap<>();

  /** The first value equal to this one that is still in use; null for null. */
  @SuppressWarnings("unchecked") // What is equal is of the same class.
  synchronized <T> T of(T value) {
    if (value == null) {
      return null;
    }
    WeakReference<Object> known = values.get(value);
    Object there = known == null ? null : known.get();
    if (there != null) {
      return (T) there;
    }
    values.put(value, new WeakReference<>(value));
    return value;
  }
}
