package io.sparkapp.bench.longjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakenTest {

  @Test
  void isReadFromWhatTheProgramLeaves(@TempDir Path folder) throws IOException {
    Path result = folder.resolve("sql.txt");
    Files.writeString(result, "115.44\t41.29\t166.20\t3140362423099\t30.43 10.97");

    Taken taken = Taken.read(result);

    assertThat(taken).isEqualTo(new Taken(115.44, 41.29, 166.2, 3140362423099L));
    assertThat(taken.cpu()).isEqualTo(41.29 + 166.2);
  }
}
