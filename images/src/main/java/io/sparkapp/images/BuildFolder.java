package io.sparkapp.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Builds an image of other software on the base that ours stand on, so that both can be compared.
 */
@Command(
    name = "build-folder",
    description = "Builds an image of a folder that is laid out as the image's root.")
public final class BuildFolder implements Callable<Integer> {

  private static final String TAG = "measured";

  @Option(names = "--base", required = true, description = "As for images/build.")
  private String base;

  @Option(names = "--env", description = "NAME=VALUE, of the image's environment.")
  private Map<String, String> environment = Map.of();

  @Option(names = "--entrypoint", required = true, description = "What containers run.")
  private String entrypoint;

  @Parameters(index = "0", description = "The image's name.")
  private String name;

  @Parameters(index = "1", description = "The folder.")
  private Path folder;

  @Parameters(index = "2", description = "The docker-archive to write.")
  private Path archive;

  private final Path home = Path.of(System.getProperty("sparkapp.home", "."));

  /** Builds, and ends the process. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BuildFolder()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path target = home.resolve("images/target");
    Path scratch = Files.createDirectories(target.resolve("work"));
    ImagePlan plan =
        new ImagePlan(
            name,
            "To be compared with",
            List.of(ProductImages.users(home, scratch), Layer.ofFolder(name, folder, "")),
            environment,
            List.of(entrypoint));
    Path caches = Files.createDirectories(target.resolve("cache"));
    new ImageWriter(new BaseImage(base), TAG, caches)
        .tar(plan, ImageWriter.name(name + ":" + TAG), archive);
    return 0;
  }
}
