package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

func (s *server) startEtcd() error {
	return s.start("etcd", "etcd", s.path("server/db/etcd"))
}

func (s *server) startAPIServer() error {
	tls := func(name string) string { return filepath.Join(s.tls, name) }
	issuer := "https://kubernetes.default.svc." + clusterDomain
	args := []string{"kube-apiserver",
		"--advertise-address=" + s.nodeIP,
		"--allow-privileged=true",
		"--anonymous-auth=false",
		"--api-audiences=" + issuer + ",k3s",
		"--authorization-mode=Node,RBAC",
		"--bind-address=0.0.0.0",
		"--client-ca-file=" + tls("client-ca.crt"),
		"--enable-admission-plugins=NodeRestriction",
		"--etcd-servers=" + etcdURL,
		"--etcd-compaction-interval=0", // etcd does that itself
		"--kubelet-certificate-authority=" + tls("server-ca.crt"),
		"--kubelet-client-certificate=" + tls("client-kube-apiserver.crt"),
		"--kubelet-client-key=" + tls("client-kube-apiserver.key"),
		"--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
		"--profiling=false",
		"--proxy-client-cert-file=" + tls("client-auth-proxy.crt"),
		"--proxy-client-key-file=" + tls("client-auth-proxy.key"),
		"--requestheader-allowed-names=system:auth-proxy",
		"--requestheader-client-ca-file=" + tls("request-header-ca.crt"),
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--requestheader-group-headers=X-Remote-Group",
		"--requestheader-username-headers=X-Remote-User",
		fmt.Sprintf("--secure-port=%d", s.httpsPort),
		"--service-account-issuer=" + issuer,
		"--service-account-key-file=" + tls("service.key"),
		"--service-account-signing-key-file=" + tls("service.key"),
		"--service-cluster-ip-range=" + serviceCIDR,
		"--tls-cert-file=" + tls("serving-kube-apiserver.crt"),
		"--tls-private-key-file=" + tls("serving-kube-apiserver.key"),
	}
	return s.start("kube-apiserver", append(args, extra(s.apiServerArgs)...)...)
}

func (s *server) startControllers() error {
	tls := func(name string) string { return filepath.Join(s.tls, name) }
	manager := []string{"kube-controller-manager",
		"--allocate-node-cidrs=true",
		"--authentication-kubeconfig=" + s.kubeconfig("controller"),
		"--authorization-kubeconfig=" + s.kubeconfig("controller"),
		"--bind-address=127.0.0.1",
		"--cluster-cidr=" + clusterCIDR,
		"--cluster-signing-cert-file=" + tls("client-ca.crt"),
		"--cluster-signing-key-file=" + tls("client-ca.key"),
		"--controllers=*,tokencleaner",
		"--kube-api-burst=600", // its 30 controllers start 5 s sooner than with the default of 20 a second
		"--kube-api-qps=300",
		"--kubeconfig=" + s.kubeconfig("controller"),
		"--leader-elect=false",
		"--profiling=false",
		"--root-ca-file=" + tls("server-ca.crt"),
		"--service-account-private-key-file=" + tls("service.key"),
		"--service-cluster-ip-range=" + serviceCIDR,
		"--use-service-account-credentials=true",
	}
	if err := s.start("kube-controller-manager", append(manager, extra(s.managerArgs)...)...); err != nil {
		return err
	}
	scheduler := []string{"kube-scheduler",
		"--authentication-kubeconfig=" + s.kubeconfig("scheduler"),
		"--authorization-kubeconfig=" + s.kubeconfig("scheduler"),
		"--bind-address=127.0.0.1",
		"--kubeconfig=" + s.kubeconfig("scheduler"),
		"--leader-elect=false",
		"--profiling=false",
	}
	return s.start("kube-scheduler", append(scheduler, extra(s.schedulerArgs)...)...)
}

// extra makes flags of k3s' key=value.
func extra(pairs []string) []string {
	var flags []string
	for _, pair := range pairs {
		flags = append(flags, "--"+strings.TrimPrefix(pair, "--"))
	}
	return flags
}
