package io.sparkapp.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkapp.cli.convert.CommandLineConversion;
import io.sparkapp.cli.convert.Conversion;
import io.sparkapp.cli.convert.Converter;
import io.sparkapp.cli.convert.UnreadableException;
import io.sparkapp.cli.submit.ManifestWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes SparkApps for what other operators and spark-submit run. */
@Command(
    name = "convert",
    description = {
      "Converts to SparkApps: SparkApplication and ScheduledSparkApplication of"
          + " sparkoperator.k8s.io/v1beta2, SparkApplication of spark.apache.org/v1, and spark-submit"
          + " command lines, in shell scripts too. YAML goes to standard output; what is not carried"
          + " over goes to standard error, with file, line and field. Nothing is dropped in silence.",
      "Other objects of a file are left as they are."
    },
    customSynopsis = {
      "sparkapp convert [-n NAMESPACE] [-o FORMAT] [--strict] FILE...",
      "sparkapp convert [-n NAMESPACE] [-o FORMAT] [--strict] -- spark-submit [options] APP [ARGUMENT...]"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkapp convert spark-pi.yaml",
      "  sparkapp convert --strict jobs.yaml   exit code 1 when something was not carried over",
      "  sparkapp convert -- spark-submit --class io.acme.Flights flights.jar"
    },
    mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {

  private static final String STANDARD_INPUT = "-";

  @Spec private CommandSpec spec;

  @Option(
      names = {"-n", "--namespace"},
      description =
          "The namespace of all that is converted; without it the one that the input says.")
  private String namespace;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      description = "yaml (the default) or json.")
  private OutputFormat output;

  @Option(
      names = "--strict",
      description = "End with exit code 1 when something was not carried over.")
  private boolean strict;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files; - is standard input. Or -- and a spark-submit command line.")
  private List<String> inputs;

  /** How manifests are written. */
  enum OutputFormat {
    yaml,
    json
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    List<ObjectNode> manifests = new ArrayList<>();
    boolean whole = true;
    Optional<String> place = Optional.ofNullable(namespace);
    if (isCommandLine()) {
      whole = add("spark-submit", manifests, () -> CommandLineConversion.of(inputs, place), err);
    } else {
      for (String input : inputs) {
        String text = read(input);
        String name = input.equals(STANDARD_INPUT) ? "standard input" : input;
        whole &= add(name, manifests, () -> Converter.convert(text, place), err);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        output == OutputFormat.json
            ? ManifestWriter.json(manifests)
            : ManifestWriter.yaml(manifests));
    out.flush();
    return whole || !strict ? 0 : CommandFailure.FAILED;
  }

  private boolean isCommandLine() {
    return inputs.size() > 1
        && inputs.get(0).matches("(.*/)?spark-submit2?(\\.sh|\\.cmd)?")
        && !Files.exists(Path.of(inputs.get(0)));
  }

  private boolean add(
      String name,
      List<ObjectNode> manifests,
      java.util.function.Supplier<Conversion> converter,
      PrintWriter err) {
    Conversion conversion;
    try {
      conversion = converter.get();
    } catch (UnreadableException e) {
      throw CommandFailure.badInput(
          name + (e.line() == 0 ? "" : ":" + e.line()) + ": " + e.getMessage());
    }
    conversion.findings().forEach(finding -> err.println(finding.line(name)));
    err.flush();
    manifests.addAll(conversion.manifests());
    return conversion.isWhole();
  }

  private static String read(String input) {
    try {
      byte[] bytes =
          input.equals(STANDARD_INPUT)
              ? System.in.readAllBytes()
              : Files.readAllBytes(Path.of(input));
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw CommandFailure.badInput(input + " is no text in UTF-8.");
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw CommandFailure.badInput("There is no readable file " + input + ".");
    }
  }
}
