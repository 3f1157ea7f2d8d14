package io.sparkapp.local.controllers;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.function.Consumer;

/**
 * Tells of each object that has come, changed or gone.
 *
 * @param onAny gets the newest state, of a gone object the last one
 */
record AnyEvent<T>(Consumer<T> onAny) implements ResourceEventHandler<T> {

  @Override
  public void onAdd(T object) {
    onAny.accept(object);
  }

  @Override
  public void onUpdate(T before, T object) {
    onAny.accept(object);
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    onAny.accept(object);
  }
}
