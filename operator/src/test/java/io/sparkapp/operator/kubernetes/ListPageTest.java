package io.sparkapp.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListPageTest {

  private static final String LIST =
      "https://10.0.0.1:6443/apis/sparkapp.io/v1alpha1/sparkapps?labelSelector=a%3Db&limit=500";

  private static ListPage asked(String address) {
    return ListPage.asked("GET", URI.create(address)).orElseThrow();
  }

  private static Optional<ListPage> next(String page) {
    return asked(LIST).next(page.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPageIsOfItsListWhereverItsTokenStands() {
    ListPage first = asked(LIST);
    ListPage second = asked(LIST.replace("?", "?continue=a%2Bb%3D&"));

    assertThat(first.token()).isEmpty();
    assertThat(second.token()).contains("a+b=");
    assertThat(second.list()).isEqualTo(first.list());
    assertThat(asked(LIST.replace("a%3Db", "a%3Dc")).list()).isNotEqualTo(first.list());
    assertThat(asked(LIST.replace("sparkapps", "pods")).list()).isNotEqualTo(first.list());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, https://host/api/v1/pods",
    "GET, https://host/api/v1/pods?watch=true",
    "GET, https://host/api/v1/pods?a=b&a=b",
    "DELETE, https://host/api/v1/pods?limit=500"
  })
  void whatIsNoListInPagesIsNoPage(String method, URI address) {
    assertThat(ListPage.asked(method, address)).isEmpty();
  }

  @Test
  void theNextPageOfCustomResourcesIsNamedAfterTheObjects() {
    ListPage second =
        next("""
                {"items":[{"kind":"SparkApp","metadata":{"name":"flights"}}],"kind":"SparkAppList",\
                "metadata":{"continue":"abc+/=","remainingItemCount":9,"resourceVersion":"42"}}
                """)
            .orElseThrow();

    assertThat(second.token()).contains("abc+/=");
    assertThat(second.address(URI.create(LIST)))
        .hasToString(LIST + "&continue=abc%2B%2F%3D")
        .satisfies(address -> assertThat(asked(address.toString())).isEqualTo(second));
  }

  @Test
  void whatAnObjectSaysIsNotTakenForTheNextPage() {
    assertThat(
            next(
                """
                {"items":[{"spec":{"sparkConf":{"continue":"abc"}}}],"kind":"SparkAppList",\
                "metadata":{"continue":"","resourceVersion":"42"}}
                """))
        .isEmpty();
  }

  @Test
  void anAnswerThatIsCutOffNamesNoNextPage() {
    assertThat(next("")).isEmpty();
    assertThat(next("{\"items\":[")).isEmpty();
    assertThat(next("k8s\0\n")).isEmpty();
  }
}
