spark-submit --class com.acme.Orders --master spark://host:7077 --total-executor-cores 20 --executor-cores 4 \
  --supervise --driver-class-path /opt/extra.jar --driver-library-path /opt/native --driver-java-options "-Xss4m" \
  --packages org.postgresql:postgresql:42.7.4 --exclude-packages org.slf4j:slf4j-api \
  --repositories https://repo.acme.com/maven --proxy-user alice --verbose /opt/jobs/orders.jar a b; echo done
spark-submit --name second job.py
