{{/*
Fails when another release serves what this one is to serve: two operators would decide about the same applications.
Takes (dict "root" $ "other" its Deployment "served" its namespaces, or a star).
*/}}
{{- define "sparkapp-operator.disjoint" -}}
{{- $release := get .other.metadata.annotations "meta.helm.sh/release-name" | default .other.metadata.name -}}
{{- $namespace := .other.metadata.namespace -}}
{{- $upgrade := printf "helm upgrade %s CHART --namespace %s" $release $namespace -}}
{{- $ours := .root.Values.jobNamespaces -}}
{{- if eq .served "*" -}}
{{- fail (printf "Release %s in namespace %s serves all namespaces already: type %s to change it, or %s --reset-then-reuse-values --set 'jobNamespaces={...}' to make room for this one." $release $namespace $upgrade $upgrade) -}}
{{- else if not $ours -}}
{{- fail (printf "Release %s in namespace %s serves namespaces %s already: type %s to change it, or install this one with --set 'jobNamespaces={...}' for others." $release $namespace .served $upgrade) -}}
{{- else -}}
{{- range $ours -}}
{{- if has . (splitList "," $.served) -}}
{{- fail (printf "Release %s in namespace %s serves namespace %s already: type %s to change it, or install this one with --set 'jobNamespaces={...}' without %s." $release $namespace . $upgrade .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
