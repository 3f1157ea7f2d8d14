#!/bin/sh
# Runs the orders of a day.
set -e
export DAY=today

/opt/spark/bin/spark-submit \
  --master k8s://https://10.0.0.1:6443 \
  --deploy-mode cluster \
  --name "Daily Orders" \
  --class com.acme.Orders \
  --conf spark.kubernetes.namespace=jobs \
  --conf spark.kubernetes.container.image=registry.acme.com/spark:4.1.0 \
  --conf spark.kubernetes.container.image.pullPolicy=Always \
  --conf spark.kubernetes.container.image.pullSecrets=registry \
  --conf spark.kubernetes.authenticate.driver.serviceAccountName=spark \
  --conf spark.kubernetes.driver.label.team=orders \
  --conf spark.kubernetes.executor.annotation.a=b \
  --conf spark.kubernetes.node.selector.pool=spark \
  --conf spark.kubernetes.driver.node.selector.disk=ssd \
  --conf spark.kubernetes.driver.secrets.database=/etc/database \
  --conf spark.kubernetes.driver.secretKeyRef.TOKEN=tokens:api \
  --conf spark.kubernetes.driverEnv.STAGE=test \
  --conf spark.executorEnv.STAGE=test \
  --conf spark.kubernetes.driver.request.cores=500m \
  --conf spark.kubernetes.executor.limit.cores=2 \
  --conf "spark.driver.extraJavaOptions=-Dx=1 -Dy='a b'" \
  --conf spark.executor.instances=5 \
  --conf spark.executor.memory=4g \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.path=/data \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.mount.readOnly=true \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.data.options.claimName=warehouse \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.path=/tmp/1 \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.mount.readOnly=false \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.claimName=OnDemand \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.storageClass=fast \
  --conf spark.kubernetes.executor.volumes.persistentVolumeClaim.spark-local-dir-1.options.sizeLimit=50Gi \
  --conf spark.kubernetes.driver.reusePersistentVolumeClaim=true \
  --conf spark.kubernetes.executor.volumes.nfs.shared.mount.path=/shared \
  --conf spark.kubernetes.executor.volumes.nfs.shared.options.server=nfs.acme.com \
  --conf spark.kubernetes.executor.volumes.nfs.shared.options.path=/export \
  --conf spark.kubernetes.executor.podNamePrefix=orders \
  --conf spark.hadoop.fs.s3a.endpoint=http://minio:9000 \
  --conf spark.kubernetes.driver.podTemplateFile=driver.yaml \
  --conf spark.kubernetes.scheduler.name=volcano \
  --conf spark.kubernetes.memoryOverheadFactor=0.2 \
  local:///opt/acme/orders.jar --day "$DAY" 'it is' > log.txt 2>&1
