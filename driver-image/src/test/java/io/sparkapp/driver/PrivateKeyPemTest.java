package io.sparkapp.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import org.junit.jupiter.api.Test;

/** The keys were made for this test and open nothing. */
class PrivateKeyPemTest {

  /** As k3s and kind write them. */
  private static final String SEC_1 =
      """
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIIWl6UU+bsTmkd+M5iU68qxA00w7pmzughe/FEk4h7LqoAoGCCqGSM49
      AwEHoUQDQgAESDcmwcHlRNMnyfVxBV/GGKrHKtMIG8dksAMvuOhMJNHXcLSU9fbu
      3D57tDUl5vqdR5KyDuCUl/lnTmXn619Orw==
      -----END EC PRIVATE KEY-----
      """;

  private static final String PKCS_8 =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQghaXpRT5uxOaR34zm
      JTryrEDTTDumbO6CF78USTiHsuqhRANCAARINybBweVE0yfJ9XEFX8YYqscq0wgb
      x2SwAy+46Ewk0ddwtJT19u7cPnu0NSXm+p1HkrIO4JSX+WdOZefrX06v
      -----END PRIVATE KEY-----
      """;

  private static final String PKCS_1 =
      """
      -----BEGIN RSA PRIVATE KEY-----
      MIIEowIBAAKCAQEAntqOirV6bvWVF2pB6iVvDjPVAGhTFhUiZiGeSyc9D7mxFN8u
      Hl0L/8ccJ+PHgUaka2KD/hrLzYdv5iWZM6Usyk44yL8Woi+Z179KolNzNmeKlBhX
      cpBfmloa/bJpLEvAegIKbwam8LROQ3sDMqFzHGbfwAYP8MsbBRDqPuQkJUkckKQ7
      EquNkqxo7BauF7q/3RASeSJt/GOaB2ifL86RhpGwNjPm3wQZV9juHrRZiBYZDvO/
      wDZbqduePFMKCaq0pNTolCRvAtX9ZeybmFkAFnTsvW/8VjZhwDvv0eOMG23BtXXt
      UZO8uI5pYlCRkySN8tFm8TyTgo6cx6dRTtJj5wIDAQABAoIBABAzgi4rbB089sO4
      lphm0PjF2Id+HFs4NJXt/9LyYYvlCGZ0jKOUIdEoYXrABGzu434AQi38VaTUl1kF
      pKZbxkGr0KbItmo8KJiUbew4TpvR25RXFzQb/WQkpHQTah6Waz8GTkIcj5IlEYZY
      WW8kgDT5WQCgnaeVT2Ao5XsckYMr1IChomInOpZ7Fo0HT75l2V8XaNxJlIcmFyfR
      L7yh1S2t3NHfcwSC6PiolFpIOKrAdvMAigYcFt3yh5IyiUjUvd8Zj255tysPk1qf
      SdyuprwDRs7i7UHKDbxiyUpBT8/1hJRejzy0+vjw/j4OT15z1I5LdpoceWzXCStx
      tjhQCUECgYEA12swQ5Ui2fdUjhS8V4s8h22sKF2PvjWXIaxR7cTftT+d+YANaN3N
      L4X6mwKEAG8sPRigaeyeyfKBuAjIehaA5F4RcDZkM4pPXPujbZOk5gqsK2F06nkv
      ivrg2ONvM1CYlrUcIGFzdSnrcsTAJpuHnc11o3j8sTCs285fea/ZkakCgYEAvMd1
      YiB6lCKOWunRpxFCBWIIJgVrIR4tNJFPFp1Gupdra/WQx7I952KVqxdq6Uym/4aC
      BcD5RkNS8m37zFXmm5TD1TR+58r/GpYAFYHZgVrpleueEiRx8fKHwqFylRrn/bwO
      SYTgaB2TNv8h56TqMI/8cBFVWZ0WEmHOmJPa4w8CgYEAgaNwGDvYDXRa3mZ8MfMJ
      KjdGM8SajM2TdiBN7dldB6aRW2VErKdOpBrtBfwtlFVTOjFn2Fcd+EqI5kfi3hZM
      2yIBPJZ/FsVVnY+Seo8v3YDuu+yaf8EOa4Uva1bzxN3r9kZn9tSutwPTPe5J9PIE
      W2MaOJbG+5tfa6h2rLS3KoECgYB6l1CcM5lGn5YwZc0XIDbuhfXisvwZ2p3imEZy
      2hm3TGOfDS5C8HYQz81/+ModzQBZycCf+ewm+8te0ZuF23bRK+9sghWzcvjtC+Hs
      FZHo1eAA0qyo/W/dffE5rFxbhciH1tq0VYzhL+uM+GvNISRP+wEkyazScBeIQmnG
      XaX0cwKBgCxaVO8GtLfem0Lh1hA70B0jNzeKtQJRzYRHdd0Sfwjr1l7JnvC/ACGL
      apOECUxZduEB3yW8hTOfZ0urkSIpvboKHjKvNzRrnDCY9svF2zSp3H7qVlFIac4k
      aO14yXbo/BP3YtpRzOMfc87LwjmSNDBu83NpHoQJT7OISS0HgU+q
      -----END RSA PRIVATE KEY-----
      """;

  @Test
  void readsAnEllipticCurveKeyEitherWay() throws Exception {
    PrivateKey sec1 = read(SEC_1);

    assertThat(sec1).isInstanceOf(ECPrivateKey.class);
    assertThat(((ECPrivateKey) sec1).getS()).isEqualTo(((ECPrivateKey) read(PKCS_8)).getS());
  }

  @Test
  void readsAnRsaKeyOfItsOwnForm() throws Exception {
    RSAPrivateKey key = (RSAPrivateKey) read(PKCS_1);

    assertThat(key.getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void refusesWhatIsNoKey() {
    assertThatThrownBy(() -> read("-----BEGIN CERTIFICATE-----"))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessage("There is no unencrypted private key in PEM.");
    assertThatThrownBy(() -> read(SEC_1.replaceFirst("MHc", "MXc")))
        .isInstanceOf(InvalidKeySpecException.class);
  }

  private static PrivateKey read(String pem) throws Exception {
    return PrivateKeyPem.read(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
