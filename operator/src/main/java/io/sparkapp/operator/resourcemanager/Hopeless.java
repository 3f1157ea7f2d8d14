package io.sparkapp.operator.resourcemanager;

import java.util.Optional;

/**
 * Finds applications that could not start if they had their queue, or the cluster, for themselves.
 */
final class Hopeless {

  private Hopeless() {}

  /** One sentence: which declared maximum is too small, and by how much. */
  static Optional<String> reason(Standing leaf, Application application, Queue root) {
    Resources needs = application.toStart(leaf.queue().spec().admission());
    Optional<Standing> here = Optional.of(leaf);
    while (here.isPresent()) {
      Queue queue = here.get().queue();
      // What the nodes have is no maximum: there may be more of them tomorrow.
      Ceiling declared = queue.isRoot() ? root.limit() : here.get().limit();
      if (!declared.admits(needs)) {
        String resource = declared.shortOf(Resources.NONE, Resources.NONE, needs).orElseThrow();
        return Optional.of(
            sentence(queue.toString(), application, leaf, needs, declared, resource));
      }
      if (queue.limitsNamespaces() && !queue.ofNamespace().admits(needs)) {
        String resource =
            queue.ofNamespace().shortOf(Resources.NONE, Resources.NONE, needs).orElseThrow();
        return Optional.of(
            sentence(
                "A namespace in " + queue,
                application,
                leaf,
                needs,
                queue.ofNamespace(),
                resource));
      }
      if (queue.limitsUsers() && !queue.ofUser().admits(needs)) {
        String resource =
            queue.ofUser().shortOf(Resources.NONE, Resources.NONE, needs).orElseThrow();
        return Optional.of(
            sentence("A user in " + queue, application, leaf, needs, queue.ofUser(), resource));
      }
      here = here.get().above();
    }
    return Optional.empty();
  }

  private static String sentence(
      String where,
      Application application,
      Standing leaf,
      Resources needs,
      Ceiling most,
      String resource) {
    return Wording.capitalized(
        "%s may hold at most %s, and %s needs %s: %s too much. Ask for less, or for another queue."
            .formatted(
                where,
                Amounts.of(resource, most.of(resource)),
                Wording.gang(application, leaf.queue().spec().admission()),
                Amounts.of(resource, needs.amount(resource)),
                Amounts.of(resource, needs.amount(resource) - most.of(resource))));
  }
}
