package io.sparkapp.local.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * All certificates of a control plane, kept in one directory over restarts. Three authorities, so
 * that no certificate is good for more than it was made for: one for servers, one for clients of
 * the API server and of the node agent, one for etcd, which answers the API server alone.
 */
public final class Certificates {
  /** The common name with which the API server calls the node agent. */
  public static final String KUBELET_CLIENT_NAME = "kube-apiserver-kubelet-client";

  /** The user name of the operator. */
  public static final String OPERATOR_NAME = "sparkapp-operator";

  private final Path directory;
  private final CertificateAuthority servers;
  private final CertificateAuthority clients;
  private final CertificateAuthority etcd;

  private Certificates(Path directory) {
    this.directory = directory;
    this.servers = CertificateAuthority.in(directory, "server-ca");
    this.clients = CertificateAuthority.in(directory, "client-ca");
    this.etcd = CertificateAuthority.in(directory, "etcd-ca");
  }

  /** The certificates kept in this directory; what is missing or about to expire is made. */
  static Certificates in(Path directory) {
    return new Certificates(DirectoryTree.createPrivate(directory));
  }

  /** What clients trust the API server and the node agent by. */
  public Path serverCa() {
    return servers.certificateFile();
  }

  /** What the API server and the node agent trust their clients by. */
  public Path clientCa() {
    return clients.certificateFile();
  }

  /** What clients trust etcd by, and etcd its clients. */
  public Path etcdCa() {
    return etcd.certificateFile();
  }

  CertificateFiles etcdServer() {
    return etcd.server("etcd", "etcd", loopbackNames());
  }

  /** What etcd lets the API server in by. */
  public CertificateFiles etcdClient() {
    return etcd.client("etcd-client", "kube-apiserver", List.of());
  }

  CertificateFiles apiServer() {
    Stream<GeneralName> inCluster =
        Stream.of(
            dns("kubernetes"),
            dns("kubernetes.default"),
            dns("kubernetes.default.svc"),
            dns("kubernetes.default.svc.cluster.local"),
            ip("10.43.0.1"));
    return servers.server(
        "kube-apiserver",
        "kube-apiserver",
        Stream.concat(loopbackNames().stream(), inCluster).toList());
  }

  CertificateFiles kubeletClient() {
    return clients.client("kubelet-client", KUBELET_CLIENT_NAME, List.of());
  }

  CertificateFiles admin() {
    return clients.client("admin", "admin", List.of("system:masters"));
  }

  CertificateFiles operator() {
    return clients.client("operator", OPERATOR_NAME, List.of());
  }

  CertificateFiles node(String nodeName) {
    return clients.client("node-" + nodeName, "system:node:" + nodeName, List.of("system:nodes"));
  }

  /** A client certificate for any user; for tests of what a user may do. */
  CertificateFiles user(String user, List<String> groups) {
    return clients.client("user-" + user.replaceAll("[^A-Za-z0-9.-]", "_"), user, groups);
  }

  /** The node agent's own certificate, for the loopback address it listens on. */
  public CertificateFiles nodeServer(String nodeName) {
    return servers.server(
        "node-server-" + nodeName,
        "system:node:" + nodeName,
        Stream.concat(loopbackNames().stream(), Stream.of(dns(nodeName))).toList());
  }

  /** The key that service account tokens are signed with; its public half is beside it. */
  CertificateFiles serviceAccountKey() {
    Path publicKey = directory.resolve("service-account.pub");
    Path privateKey = directory.resolve("service-account.key");
    if (!Files.exists(publicKey) || !Files.exists(privateKey)) {
      Pem.writeKeyPair(CertificateAuthority.newKeyPair(), privateKey, publicKey);
    }
    return new CertificateFiles(publicKey, privateKey);
  }

  private static List<GeneralName> loopbackNames() {
    return List.of(dns("localhost"), ip("127.0.0.1"), ip("::1"));
  }

  private static GeneralName dns(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static GeneralName ip(String address) {
    return new GeneralName(GeneralName.iPAddress, address);
  }
}
