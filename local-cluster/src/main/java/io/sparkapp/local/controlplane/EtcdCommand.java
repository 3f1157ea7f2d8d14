package io.sparkapp.local.controlplane;

import java.nio.file.Path;
import java.util.List;

/** The command line of etcd: one member, loopback, and only clients of its own authority. */
record EtcdCommand(Path program, Path dataDirectory, Ports ports, Certificates certificates) {

  String clientUrl() {
    return "https://127.0.0.1:" + ports.etcdClient();
  }

  List<String> toCommand() {
    String peerUrl = "https://127.0.0.1:" + ports.etcdPeer();
    CertificateFiles server = certificates.etcdServer();
    return List.of(
        program.toString(),
        "--name=default",
        "--data-dir=" + dataDirectory,
        "--listen-client-urls=" + clientUrl(),
        "--advertise-client-urls=" + clientUrl(),
        "--listen-peer-urls=" + peerUrl,
        "--initial-advertise-peer-urls=" + peerUrl,
        "--initial-cluster=default=" + peerUrl,
        "--client-cert-auth",
        "--trusted-ca-file=" + certificates.etcdCa(),
        "--cert-file=" + server.certificate(),
        "--key-file=" + server.key(),
        "--peer-client-cert-auth",
        "--peer-trusted-ca-file=" + certificates.etcdCa(),
        "--peer-cert-file=" + server.certificate(),
        "--peer-key-file=" + server.key(),
        // A local cluster's data is worth less than a disk's fsync; it survives kill -9 all the
        // same.
        "--unsafe-no-fsync",
        "--snapshot-count=10000",
        "--log-level=warn");
  }
}
