{{/*
What the cluster has, as JSON; {} for what is not there, and where there is no cluster (helm template, helm lint).
Takes (list $ apiVersion kind namespace name); without a name it is a list with items. Tests put another cluster in its place.
*/}}
{{- define "sparkapp-operator.lookup" -}}
{{ lookup (index . 1) (index . 2) (index . 3) (index . 4) | toJson }}
{{- end -}}

{{/* "true" when an object belongs to this release. Takes (list $ object). */}}
{{- define "sparkapp-operator.isOurs" -}}
{{- $root := index . 0 -}}
{{- $annotations := (index . 1).metadata.annotations | default dict -}}
{{- if and (eq (get $annotations "meta.helm.sh/release-name") $root.Release.Name) (eq (get $annotations "meta.helm.sh/release-namespace") $root.Release.Namespace) -}}
true
{{- end -}}
{{- end -}}

{{/* "true" when a namespace is there to stay: one that is being deleted takes nothing new. Takes (list $ name). */}}
{{- define "sparkapp-operator.stays" -}}
{{- $namespace := include "sparkapp-operator.lookup" (list (index . 0) "v1" "Namespace" "" (index . 1)) | fromJson -}}
{{- if and $namespace (not $namespace.metadata.deletionTimestamp) -}}
true
{{- end -}}
{{- end -}}

{{/* "true" when this release may render an object: it is not there yet, or belongs to it. Takes what lookup takes. */}}
{{- define "sparkapp-operator.mayRender" -}}
{{- $object := include "sparkapp-operator.lookup" . | fromJson -}}
{{- if or (empty $object) (include "sparkapp-operator.isOurs" (list (index . 0) $object)) -}}
true
{{- end -}}
{{- end -}}
