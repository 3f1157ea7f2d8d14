package io.sparkapp.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Suspends and resumes schedules. */
abstract class ScheduledSwitch extends ClusterCommand {

  @Parameters(paramLabel = "SCHEDULE", arity = "1..*", description = "The ScheduledSparkApps.")
  private List<String> names;

  private final boolean suspend;
  private final String sentence;

  ScheduledSwitch(boolean suspend, String sentence) {
    this.suspend = suspend;
    this.sentence = sentence;
  }

  @Override
  final ExitCode run(KubernetesClient client) {
    Schedules schedules = new Schedules(client);
    return new EachApplication(this::tell)
        .of(
            names,
            name -> {
              schedules.suspend(name, suspend);
              print(name + sentence);
            });
  }

  /** Starts no further runs. */
  @Command(
      name = "suspend",
      description = "Starts no further runs of a schedule; what runs goes on.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp scheduled suspend nightly")
  static final class Suspend extends ScheduledSwitch {
    Suspend() {
      super(true, " starts no further runs until it is resumed.");
    }
  }

  /** Starts runs again. */
  @Command(
      name = "resume",
      description = "Starts runs of a schedule again; of those that it missed it makes up for one.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExample:%n",
      footer = "  sparkapp scheduled resume nightly")
  static final class Resume extends ScheduledSwitch {
    Resume() {
      super(false, " starts runs again.");
    }
  }
}
