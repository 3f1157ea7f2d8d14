package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Asks the cluster that a command line is about for names to complete it with. */
final class ClusterNames implements Completion.Names {

  private static final Set<String> CHOICE =
      Set.of("--context", "--kubeconfig", "-n", "--namespace");

  private final List<String> words;

  /**
   * @param words of the command line so far
   */
  ClusterNames(List<String> words) {
    this.words = List.copyOf(words);
  }

  @Override
  public List<String> of(String what) {
    try {
      return what.equals("CONTEXT") ? Kubeconfigs.contexts(null) : asked(what);
    } catch (CommandFailure | KubernetesClientException e) {
      // Who presses TAB wants words; why there are none the command itself says.
      return List.of();
    }
  }

  private List<String> asked(String what) {
    return switch (what) {
      case "NAME" -> ask(client -> new Applications(client).names());
      case "SCHEDULE" -> ask(client -> new Schedules(client).names());
      case "QUEUE" -> ask(client -> new ArrayList<>(new Queues(client).all().keySet()));
      case "NAMESPACE" ->
          ask(
              client ->
                  client.namespaces().list().getItems().stream()
                      .map(namespace -> namespace.getMetadata().getName())
                      .toList());
      case "CLASS" ->
          ask(
              client ->
                  client.scheduling().v1().priorityClasses().list().getItems().stream()
                      .map(priority -> priority.getMetadata().getName())
                      .toList());
      default -> List.of();
    };
  }

  /** A question to the cluster. */
  private interface Question {
    List<String> of(KubernetesClient client);
  }

  private List<String> ask(Question question) {
    ClusterChoice choice = new ClusterChoice();
    new CommandLine(choice).parseArgs(choiceWords().toArray(String[]::new));
    try (KubernetesClient client = choice.connect()) {
      return question.of(client);
    }
  }

  private List<String> choiceWords() {
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i + 2 < words.size(); i++) {
      if (CHOICE.contains(words.get(i))) {
        chosen.add(words.get(i));
        chosen.add(words.get(i + 1));
      }
    }
    return chosen;
  }
}
