package io.sparkapp.operator.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code spec.schedule}; what the CRD's rules let pass can be read. */
final class CronExpression {

  /** As a CronJob has them. */
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final int FIELDS = 5;

  private static final CronParser UNIX =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private CronExpression() {}

  /**
   * Parses five fields or a macro.
   *
   * @throws IllegalArgumentException for anything else; its message says what is wrong
   */
  static ExecutionTime parse(String schedule) {
    return ExecutionTime.forCron(UNIX.parse(plain(schedule)));
  }

  /** Without macros, names of weekdays and question marks, which the parser takes otherwise. */
  private static String plain(String schedule) {
    String text = schedule.strip();
    String[] fields = MACROS.getOrDefault(text, text).toUpperCase(Locale.ROOT).split("\\s+");
    if (fields.length == FIELDS) {
      fields[2] = fields[2].replace('?', '*');
      fields[4] = numbers(fields[4].replace('?', '*'));
    }
    return String.join(" ", fields);
  }

  private static String numbers(String weekdays) {
    String numbers = weekdays.replace("-SUN", "-7");
    for (String name : WEEKDAYS) {
      numbers = numbers.replace(name, Integer.toString(WEEKDAYS.indexOf(name)));
    }
    // To the library a week that is counted from some day on ends with the second Sunday.
    return numbers.replaceAll("(^|,)([0-6])/", "$1$2-6/");
  }
}
