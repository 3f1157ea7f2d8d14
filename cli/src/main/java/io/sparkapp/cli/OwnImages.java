package io.sparkapp.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images that the local cluster has beside those of the product. */
final class OwnImages {

  /** Names them, as {@code acme/spark:4.1=/srv/spark:/srv/jobs,acme/other=/srv/other}. */
  static final String VARIABLE = "SPARKAPP_LOCAL_IMAGES";

  private static final Pattern IMAGE = Pattern.compile("([^=,\\s]+)=([^=,:]+(?::[^=,:]+)*)");

  private OwnImages() {}

  /**
   * Image name to its layer directories, lowest layer first.
   *
   * @throws CommandFailure when the variable's text is of another form
   */
  static Map<String, List<Path>> in(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    Map<String, List<Path>> images = new LinkedHashMap<>();
    for (String each : text.isBlank() ? new String[0] : text.split(",")) {
      Matcher image = IMAGE.matcher(each.strip());
      if (!image.matches()) {
        throw CommandFailure.badInput(
            "%s is \"%s\": write it as NAME=DIRECTORY:DIRECTORY,NAME=DIRECTORY."
                .formatted(VARIABLE, text));
      }
      images.put(image.group(1), Arrays.stream(image.group(2).split(":")).map(Path::of).toList());
    }
    return images;
  }
}
