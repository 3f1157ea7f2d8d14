package io.sparkapp.operator.resourcemanager;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds applications by their ids. Immutable: a changed copy shares all but one of its buckets, so
 * that one change among ten thousand costs little.
 */
final class Directory {

  static final Directory EMPTY = new Directory(new Application[512][0]);

  private final Application[][] buckets;

  private Directory(Application[][] buckets) {
    this.buckets = buckets;
  }

  Optional<Application> find(ApplicationId id) {
    for (Application each : buckets[bucket(id)]) {
      if (each.id().equals(id)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  Directory with(Collection<Application> applications) {
    Application[][] changed = buckets.clone();
    for (Application each : applications) {
      int at = bucket(each.id());
      changed[at] = with(changed[at], each);
    }
    return new Directory(changed);
  }

  private static Application[] with(Application[] bucket, Application application) {
    for (int at = 0; at < bucket.length; at++) {
      if (bucket[at].id().equals(application.id())) {
        Application[] changed = bucket.clone();
        changed[at] = application;
        return changed;
      }
    }
    Application[] longer = Arrays.copyOf(bucket, bucket.length + 1);
    longer[bucket.length] = application;
    return longer;
  }

  Directory without(ApplicationId id) {
    int at = bucket(id);
    Application[][] changed = buckets.clone();
    changed[at] =
        Arrays.stream(buckets[at])
            .filter(each -> !each.id().equals(id))
            .toArray(Application[]::new);
    return new Directory(changed);
  }

  Stream<Application> all() {
    return Arrays.stream(buckets).flatMap(Arrays::stream);
  }

  private int bucket(ApplicationId id) {
    int hash = id.hashCode();
    return (hash ^ hash >>> 16) & buckets.length - 1;
  }
}
