package io.sparkapp.cli;

import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes an application's priority, as {@code yarn application -updatePriority}. */
@Command(
    name = "priority",
    description = "Changes an application's priority in its queue; pods that exist keep theirs.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  sparkapp priority flights urgent")
final class PriorityCommand extends ClusterCommand {

  @Parameters(index = "0", paramLabel = "NAME", description = "The application.")
  private String name;

  @Parameters(index = "1", paramLabel = "CLASS", description = "A PriorityClass.")
  private String priorityClass;

  @Override
  ExitCode run(KubernetesClient client) {
    // Nothing is known to who may not look at PriorityClasses.
    String value = Permission.ifAllowed(() -> value(client)).orElse("");
    new Applications(client).change(name, Map.of("priorityClassName", priorityClass));
    print(name + " has priority " + priorityClass + value + " in its queue from now on.");
    return ExitCode.DONE;
  }

  /** Its number in brackets. */
  private String value(KubernetesClient client) {
    var classes = client.scheduling().v1().priorityClasses();
    return Optional.ofNullable(classes.withName(priorityClass).get())
        .map(found -> " (" + found.getValue() + ")")
        .orElseThrow(
            () -> {
              List<String> there =
                  classes.list().getItems().stream()
                      .map(PriorityClass::getMetadata)
                      .map(metadata -> metadata.getName())
                      .toList();
              return CommandFailure.notFound(
                  "There is no PriorityClass %s.%s"
                      .formatted(priorityClass, Nearest.hint(priorityClass, there)));
            });
  }
}
