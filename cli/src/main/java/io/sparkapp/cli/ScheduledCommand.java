package io.sparkapp.cli;

import picocli.CommandLine.Command;

/** Shows and steers schedules. */
@Command(
    name = "scheduled",
    description =
        "Lists ScheduledSparkApps with their next and last runs; suspends, resumes and runs them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[suspend | resume | run]",
    subcommands = {ScheduledSwitch.Suspend.class, ScheduledSwitch.Resume.class, ScheduledRun.class},
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp scheduled                   those of this namespace",
      "  sparkapp scheduled -A -o json        of all, for programs",
      "  sparkapp scheduled suspend nightly   no run until it is resumed",
      "  sparkapp scheduled run nightly       one run now, beside the schedule"
    })
final class ScheduledCommand extends ScheduledList {}
