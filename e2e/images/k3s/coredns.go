package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	// Those that a cluster's DNS needs.
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loadbalance"
	_ "github.com/coredns/coredns/plugin/ready"
)

func init() {
	// In the order in which a query passes them.
	dnsserver.Directives = []string{"bind", "ready", "errors", "cache", "loadbalance", "hosts", "kubernetes", "forward"}
}

func corednsMain(args []string) int {
	os.Args = append([]string{"coredns"}, args...)
	coremain.Run()
	return 0
}

// startCoreDNS runs the cluster's DNS in the node's own network, where no image has to be had for it.
func (s *server) startCoreDNS() error {
	_, upstream, err := s.resolvConf()
	if err != nil {
		return err
	}
	forward := ""
	if upstream {
		forward = "    forward . /etc/resolv.conf\n"
	}
	hosts := s.path("server/NodeHosts")
	if err := os.WriteFile(hosts, []byte(s.nodeIP+" "+s.nodeName+"\n"), 0o644); err != nil {
		return err
	}
	conf := fmt.Sprintf(`.:53 {
    bind %s
    errors
    ready 127.0.0.1:8181
    kubernetes %s in-addr.arpa ip6.arpa {
        kubeconfig %s
        pods insecure
        fallthrough in-addr.arpa ip6.arpa
    }
    hosts %s {
        ttl 60
        fallthrough
    }
%s    cache 10
    loadbalance
}
`, s.nodeIP, clusterDomain, filepath.Join(s.cred, "coredns.kubeconfig"), hosts, forward)
	file := s.path("server/Corefile")
	if err := os.WriteFile(file, []byte(conf), 0o644); err != nil {
		return err
	}
	return s.start("coredns", "coredns", "-conf", file)
}
