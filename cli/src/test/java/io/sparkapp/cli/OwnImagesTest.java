package io.sparkapp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnImagesTest {

  @Test
  void thereAreNoneWhereNoneAreNamed() {
    assertThat(OwnImages.in(Map.of())).isEmpty();
    assertThat(OwnImages.in(Map.of("SPARKAPP_LOCAL_IMAGES", " "))).isEmpty();
  }

  @Test
  void eachHasItsLayersInTheirOrder() {
    assertThat(
            OwnImages.in(
                Map.of("SPARKAPP_LOCAL_IMAGES", "acme/spark:4.1=/srv/spark:/srv/jobs, other=/o")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "acme/spark:4.1", List.of(Path.of("/srv/spark"), Path.of("/srv/jobs")),
                "other", List.of(Path.of("/o"))));
  }

  @Test
  void aTextOfAnotherFormIsRefusedWithTheRightOne() {
    assertThatThrownBy(() -> OwnImages.in(Map.of("SPARKAPP_LOCAL_IMAGES", "acme/spark")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("acme/spark")
        .hasMessageContaining("NAME=DIRECTORY");
  }
}
