package io.sparkapp.operator.kubernetes;

import io.sparkapp.operator.resourcemanager.ApplicationId;
import io.sparkapp.operator.resourcemanager.QueuedResourceManager;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Carries what the ResourceManager tells to the controllers, which come after it. */
public final class QueueNews implements QueuedResourceManager.News {

  private final List<Consumer<Collection<ApplicationId>>> ofApplications =
      new CopyOnWriteArrayList<>();
  private final List<Consumer<Duration>> ofPasses = new CopyOnWriteArrayList<>();
  private final List<Runnable> ofQueues = new CopyOnWriteArrayList<>();

  @Override
  public void of(Collection<ApplicationId> applications) {
    ofApplications.forEach(each -> each.accept(applications));
  }

  @Override
  public void ofQueues() {
    ofQueues.forEach(Runnable::run);
  }

  @Override
  public void passMade(Duration took) {
    ofPasses.forEach(each -> each.accept(took));
  }

  /** Is told how long each pass took. */
  public void onPasses(Consumer<Duration> listener) {
    ofPasses.add(listener);
  }

  void onApplications(Consumer<Collection<ApplicationId>> listener) {
    ofApplications.add(listener);
  }

  void onQueues(Runnable listener) {
    ofQueues.add(listener);
  }
}
