package io.sparkapp.driver;

import io.sparkapp.driver.SqlScript.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.HiveResult;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A SQL script, run statement by statement in one session; rows are printed as the spark-sql
 * command does.
 *
 * @param location as {@code local:///path} or an address; null when the text is given
 * @param text the script itself; null when it is in a file
 */
record SqlProgram(String location, String text) implements MainProgram {

  /** A query over all of a table must not fill the driver's memory and its log. */
  static final int MOST_ROWS = 1000;

  private static final int LONGEST_TOLD = 200;

  @Override
  public Optional<Location> file() {
    return Optional.ofNullable(location).map(each -> new Location(each, "spec.main.sql"));
  }

  @Override
  public Entry load(Dependencies dependencies) {
    List<Statement> statements = SqlScript.statements(script(dependencies));
    if (statements.isEmpty()) {
      throw new ProgramNotFoundException(
          "There is no statement in " + (text == null ? location : "spec.main.sqlText") + ".");
    }
    return arguments -> run(statements, SqlParameters.of(arguments));
  }

  @Override
  public String failure(Throwable thrown) {
    return thrown instanceof StatementFailedException
        ? thrown.getMessage()
        : Failure.sentence(thrown, SqlProgram.class.getName());
  }

  @Override
  public String exit(int exitCode) {
    return "The script ended with exit code " + exitCode + ".";
  }

  private String script(Dependencies dependencies) {
    if (text != null) {
      return text;
    }
    try {
      return Files.readString(dependencies.main());
    } catch (IOException e) {
      throw new ProgramNotFoundException(
          location + " of spec.main.sql is no text in UTF-8: " + e.getMessage() + ".", e);
    }
  }

  private static void run(List<Statement> statements, Map<String, Object> parameters) {
    ClassicSession.tell();
    SparkSession spark = SparkSession.builder().getOrCreate();
    for (Statement statement : statements) {
      try {
        run(spark, statement.text(), parameters);
      } catch (Exception e) {
        // Spark's parser and analyzer throw checked exceptions that Scala does not declare.
        System.err.println(e.getMessage());
        throw new StatementFailedException(sentence(statement, e));
      }
    }
  }

  private static void run(SparkSession spark, String statement, Map<String, Object> parameters) {
    Map<String, Object> named = SqlParameters.namedIn(statement, parameters);
    Dataset<Row> result = named.isEmpty() ? spark.sql(statement) : spark.sql(statement, named);
    if (result.schema().isEmpty()) {
      return;
    }
    Dataset<Row> first = result.limit(MOST_ROWS + 1);
    List<String> rows =
        CollectionConverters.asJava(
            HiveResult.hiveResultString(
                ((org.apache.spark.sql.classic.Dataset<Row>) first)
                    .queryExecution()
                    .executedPlan()));
    rows.stream().limit(MOST_ROWS).forEach(System.out::println);
    if (rows.size() > MOST_ROWS) {
      System.out.println("... there are more than " + MOST_ROWS + " rows.");
    }
  }

  private static String sentence(Statement statement, Exception e) {
    String one = statement.text().strip().replaceAll("\\s+", " ");
    String told = one.length() > LONGEST_TOLD ? one.substring(0, LONGEST_TOLD) + " ..." : one;
    String words = e.getMessage() == null ? e.toString() : Failure.firstLine(e.getMessage());
    return "Statement "
        + statement.number()
        + " at line "
        + statement.line()
        + " failed: "
        + told
        + ": "
        + words
        + (words.endsWith(".") ? "" : ".");
  }

  /**
   * A statement failed; the message is the sentence for the user, and Spark's words are printed.
   */
  private static final class StatementFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StatementFailedException(String message) {
      super(message, null, false, false);
    }
  }
}
