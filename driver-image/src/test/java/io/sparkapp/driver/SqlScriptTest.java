package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkapp.driver.SqlScript.Statement;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void semicolonsEndStatementsAndLinesAreCounted() {
    assertThat(SqlScript.statements("SELECT 1;\n\nselect\n  2 ;\n;"))
        .containsExactly(new Statement(1, 1, "SELECT 1"), new Statement(2, 3, "select\n  2"));
    assertThat(SqlScript.statements("-- nothing; at all\n/* nor; here */ ;")).isEmpty();
  }

  @Test
  void semicolonsOfStringsNamesAndCommentsEndNothing() {
    assertThat(
            SqlScript.statements(
                "SELECT 'a;b', \"c;d\", `e;f` -- g;h\n, 1 /* i; /* j; */ k; */ ;SELECT 'it\\'s;'"))
        .extracting(Statement::text)
        .containsExactly("SELECT 'a;b', \"c;d\", `e;f` -- g;h\n, 1", "SELECT 'it\\'s;'");
  }

  @Test
  void lettersBeyondTheFirstPlaneShiftNothing() {
    assertThat(SqlScript.statements("SELECT '\uD83D\uDE80 stra\u00dfe'; SELECT 2"))
        .extracting(Statement::text)
        .containsExactly("SELECT '\uD83D\uDE80 stra\u00dfe'", "SELECT 2");
  }

  @Test
  void aBlockIsOneStatement() {
    String block =
        """
        BEGIN
          DECLARE n INT DEFAULT 1;
          WHILE n < 3 DO
            IF n = 2 THEN SELECT CASE WHEN true THEN 1 END; END IF;
            SET n = n + 1;
          END WHILE;
          CASE n WHEN 3 THEN SELECT 'three'; END CASE;
        END""";
    assertThat(SqlScript.statements(block + ";\nSELECT CASE WHEN true THEN 1 END; SELECT 3"))
        .extracting(Statement::text)
        .containsExactly(block, "SELECT CASE WHEN true THEN 1 END", "SELECT 3");
  }

  @Test
  void argumentsAreNamedAndNumbersAreNumbers() {
    assertThat(
            SqlParameters.of(
                new String[] {
                  "year=2013", "big=5000000000", "rate=-0.50", "all=true", "zip=01234", "q=a=b"
                }))
        .isEqualTo(
            Map.of(
                "year",
                2013,
                "big",
                5_000_000_000L,
                "rate",
                new BigDecimal("-0.50"),
                "all",
                true,
                "zip",
                "01234",
                "q",
                "a=b"));
    assertThatThrownBy(() -> SqlParameters.of(new String[] {"--year"}))
        .isInstanceOf(ProgramNotFoundException.class)
        .hasMessageStartingWith("\"--year\" of spec.main.args has no name");
  }

  @Test
  void aStatementGetsTheParametersThatItNames() {
    Map<String, Object> all = Map.of("year", 2013, "y", 1);

    assertThat(SqlParameters.namedIn("SELECT :year", all)).containsOnlyKeys("year");
    assertThat(SqlParameters.namedIn("SELECT 'year'", all)).isEmpty();
  }
}
