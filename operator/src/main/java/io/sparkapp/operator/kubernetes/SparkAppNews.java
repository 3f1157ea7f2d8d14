package io.sparkapp.operator.kubernetes;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.resourcemanager.ApplicationId;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * Has applications decided anew that the ResourceManager has something new for, and tells it of
 * those that were deleted: of them nobody decides anything any more.
 */
final class SparkAppNews extends SimpleInboundEventSource<SparkApp>
    implements ResourceEventAware<SparkApp> {

  private final Consumer<ApplicationId> deleted;

  SparkAppNews(Consumer<ApplicationId> deleted) {
    super("queue-news");
    this.deleted = deleted;
  }

  void of(Collection<ApplicationId> applications) {
    applications.forEach(each -> propagateEvent(new ResourceID(each.name(), each.namespace())));
  }

  @Override
  public void onResourceDeleted(SparkApp app) {
    deleted.accept(id(app));
  }

  static ApplicationId id(SparkApp app) {
    return new ApplicationId(app.getMetadata().getNamespace(), app.getMetadata().getName());
  }
}
