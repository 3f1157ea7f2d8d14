package io.sparkapp.local.controlplane;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line of kube-apiserver: loopback, no anonymous requests, RBAC and the node
 * authorizer, Kubernetes' default admission but for the two plugins whose other half is a
 * controller that the local cluster doesn't run.
 */
record ApiServerCommand(
    Path program, String etcdUrl, Path stateDirectory, Ports ports, Certificates certificates) {
  static final String SERVICE_RANGE = "10.43.0.0/16";
  private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

  List<String> toCommand() {
    CertificateFiles etcd = certificates.etcdClient();
    CertificateFiles server = certificates.apiServer();
    CertificateFiles kubelet = certificates.kubeletClient();
    CertificateFiles tokens = certificates.serviceAccountKey();
    return List.of(
        program.toString(),
        "--etcd-servers=" + etcdUrl,
        "--etcd-cafile=" + certificates.etcdCa(),
        "--etcd-certfile=" + etcd.certificate(),
        "--etcd-keyfile=" + etcd.key(),
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + ports.apiServer(),
        // Endpoints must not be loopback addresses; pods get the API server's address from the
        // node.
        "--endpoint-reconciler-type=none",
        "--service-cluster-ip-range=" + SERVICE_RANGE,
        "--cert-dir=" + stateDirectory.resolve("pki"),
        "--tls-cert-file=" + server.certificate(),
        "--tls-private-key-file=" + server.key(),
        "--client-ca-file=" + certificates.clientCa(),
        "--anonymous-auth=false",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--disable-admission-plugins=TaintNodesByCondition,StorageObjectInUseProtection",
        "--service-account-issuer=" + ISSUER,
        "--service-account-key-file=" + tokens.certificate(),
        "--service-account-signing-key-file=" + tokens.key(),
        "--kubelet-certificate-authority=" + certificates.serverCa(),
        "--kubelet-client-certificate=" + kubelet.certificate(),
        "--kubelet-client-key=" + kubelet.key(),
        "--kubelet-preferred-address-types=InternalIP",
        "--allow-privileged=true",
        "--profiling=false");
  }
}
