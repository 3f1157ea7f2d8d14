spark-submit --master yarn --deploy-mode cluster \
  --queue etl --num-executors 10 --executor-memory 8g --executor-cores 4 --driver-memory 4g --driver-cores 2 \
  --principal etl@ACME.COM --keytab /etc/etl.keytab \
  --jars hdfs:///libs/a.jar,hdfs:///libs/b.jar --files hdfs:///conf/app.conf --archives hdfs:///env.zip#env \
  --py-files hdfs:///libs/lib.py \
  --conf spark.yarn.maxAppAttempts=3 --conf spark.yarn.am.attemptFailuresValidityInterval=1h \
  --conf spark.yarn.max.executor.failures=20 --conf spark.yarn.executor.failuresValidityInterval=3600000 \
  --conf spark.yarn.executor.memoryOverhead=1024 --conf spark.yarn.appMasterEnv.STAGE=test \
  --conf spark.yarn.tags=a --conf spark.yarn.priority=5 --conf spark.yarn.jars=hdfs:///spark/*.jar \
  --conf spark.yarn.am.nodeLabelExpression=x --conf spark.yarn.preserve.staging.files=true \
  --conf spark.dynamicAllocation.enabled=true --conf spark.dynamicAllocation.maxExecutors=5 \
  --conf spark.shuffle.service.enabled=true \
  hdfs:///jobs/etl.py 2026-01-01
