package main

import (
	"os"
	"slices"

	"github.com/spf13/pflag"
)

const (
	clusterDomain = "cluster.local"
	clusterCIDR   = "10.42.0.0/16"
	podCIDR       = "10.42.0.0/24" // the first one that the controller manager hands out, to the one node
	serviceCIDR   = "10.43.0.0/16"
	kubernetesIP  = "10.43.0.1"
	clusterDNS    = "10.43.0.10"
)

// config is what the command line says, in k3s' own words.
type config struct {
	dataDir       string
	nodeName      string
	nodeIP        string
	tlsSANs       []string
	disable       []string
	httpsPort     int
	debug         bool
	apiServerArgs []string
	managerArgs   []string
	schedulerArgs []string
	kubeletArgs   []string
	proxyArgs     []string
	nodeLabels    []string
	nodeTaints    []string
}

// flags has no more of k3s' flags than have an effect here: a test that needs another one is to fail.
func (c *config) flags() *pflag.FlagSet {
	fs := pflag.NewFlagSet("server", pflag.ContinueOnError)
	fs.StringVarP(&c.dataDir, "data-dir", "d", "/var/lib/rancher/k3s", "state directory")
	fs.StringVar(&c.nodeName, "node-name", os.Getenv("K3S_NODE_NAME"), "node name (default: host name)")
	fs.StringVarP(&c.nodeIP, "node-ip", "i", "", "address of the node")
	fs.StringSliceVar(&c.tlsSANs, "tls-san", nil, "more names or addresses for the API server's certificate")
	fs.StringSliceVar(&c.disable, "disable", nil, "what to leave out: coredns, local-storage (others are not there anyway)")
	fs.IntVar(&c.httpsPort, "https-listen-port", 6443, "API server port")
	fs.BoolVar(&c.debug, "debug", os.Getenv("K3S_DEBUG") == "true", "print all that the components log")
	fs.StringArrayVar(&c.apiServerArgs, "kube-apiserver-arg", nil, "its flag (key=value)")
	fs.StringArrayVar(&c.managerArgs, "kube-controller-manager-arg", nil, "its flag (key=value)")
	fs.StringArrayVar(&c.schedulerArgs, "kube-scheduler-arg", nil, "its flag (key=value)")
	fs.StringArrayVar(&c.kubeletArgs, "kubelet-arg", nil, "its flag (key=value)")
	fs.StringArrayVar(&c.proxyArgs, "kube-proxy-arg", nil, "its flag (key=value)")
	fs.StringSliceVar(&c.nodeLabels, "node-label", nil, "label of the node")
	fs.StringSliceVar(&c.nodeTaints, "node-taint", nil, "taint of the node")
	return fs
}

func (c *config) disabled(what string) bool {
	return slices.Contains(c.disable, what)
}
