package io.sparkapp.images;

import com.google.cloud.tools.jib.api.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that builds the images of operator, driver and executor. */
@Command(
    name = "images/build",
    mixinStandardHelpOptions = true,
    version = "sparkapp 0.1.0",
    description = "Builds the images of operator, driver and executor.")
public final class BuildImages implements Callable<Integer> {

  @Option(
      names = "--base",
      description = {
        "A Java 17 or 21 runtime to build on: an image's name, or tar://FILE of a docker-archive."
      },
      defaultValue = "eclipse-temurin:17-jre-noble",
      showDefaultValue = CommandLine.Help.Visibility.ALWAYS)
  private String base;

  @Option(
      names = "--repository",
      description = "What comes before the images' names.",
      defaultValue = "sparkapp",
      showDefaultValue = CommandLine.Help.Visibility.ALWAYS)
  private String repository;

  @Option(
      names = "--tag",
      description = "The images' tag.",
      defaultValue = "0.1.0",
      showDefaultValue = CommandLine.Help.Visibility.ALWAYS)
  private String tag;

  @Option(names = "--push", description = "Push to the repository instead of writing tar files.")
  private boolean push;

  @Option(names = "--output", description = "Where the tar files go (default: images/target).")
  private Path output;

  @Option(
      names = "--pyspark",
      description =
          "PySpark's python folder, put into driver and executor; the base has to have Python.")
  private Path pySpark;

  @Option(
      names = "--archives",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "With class-data archives, as by default. Without: for another processor than this machine's,"
              + " or where Linux namespaces are not to be had. Operators and applications start"
              + " slower.")
  private boolean archives;

  private final Path home = Path.of(System.getProperty("sparkapp.home", "."));

  /** Builds, and ends the process. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BuildImages())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println(failure.getMessage());
                  return 1;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path target = home.resolve("images/target");
    Path scratch = Files.createDirectories(target.resolve("work"));
    ProductImages images = new ProductImages(home, scratch, Optional.ofNullable(pySpark));
    ImageWriter writer =
        new ImageWriter(new BaseImage(base), tag, Files.createDirectories(target.resolve("cache")));
    Map<String, Layer> trained = archives ? train(images, writer, scratch) : Map.of();
    for (ImagePlan plan : List.of(images.operator(), images.driver(), images.executor())) {
      Optional<Layer> archive = Optional.ofNullable(trained.get(plan.name()));
      write(writer, archive.map(plan::plus).orElse(plan), output == null ? target : output);
    }
    return 0;
  }

  private Map<String, Layer> train(ProductImages images, ImageWriter writer, Path scratch)
      throws IOException {
    Optional<String> unavailable = Sandbox.unavailable();
    if (unavailable.isPresent()) {
      throw new IOException(
          "Class-data archives can not be made on this machine ("
              + unavailable.get()
              + "): --no-archives builds images without, whose applications start slower.");
    }
    Path tar = scratch.resolve("training.tar");
    Path root = scratch.resolve("root");
    try {
      writer.tar(images.training(), ImageWriter.name("sparkapp/training"), tar);
      return new ClassDataArchives(RootFileSystem.unpack(tar, root), scratch).make();
    } finally {
      Files.deleteIfExists(tar);
      RootFileSystem.delete(root);
    }
  }

  private void write(ImageWriter writer, ImagePlan plan, Path folder) throws IOException {
    ImageReference name = ImageWriter.name(repository + "/" + plan.name() + ":" + tag);
    if (push) {
      System.out.println("pushed " + name + " " + writer.push(plan, name));
      return;
    }
    Path tar = folder.resolve(plan.name() + ".tar");
    String id = writer.tar(plan, name, tar);
    System.out.println("%s %s, %d MB in %s".formatted(name, id, Files.size(tar) / 1_000_000, tar));
  }
}
