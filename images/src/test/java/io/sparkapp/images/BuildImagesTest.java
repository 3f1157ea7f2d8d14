package io.sparkapp.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BuildImagesTest {

  @Test
  void archivesAreLeftOutWhenNobodyWantsThem() {
    assertThat(archives()).isTrue();
    assertThat(archives("--no-archives")).isFalse();
  }

  private static boolean archives(String... arguments) {
    CommandLine command = new CommandLine(new BuildImages());
    command.parseArgs(arguments);
    return command.getCommandSpec().findOption("--archives").getValue();
  }
}
