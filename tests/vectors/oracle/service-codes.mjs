// The codes of the service for what it refuses.
export const SERVER = {
  body: 'CTS.0003',
  trackerType: 'CTS.0202',
  trackerName: 'CTS.0203',
  systemName: 'CTS.0204',
  forbidden: 'CTS.0206',
  reserved: 'CTS.0207',
  dataBucket: 'CTS.0210',
  differ: 'CTS.0213',
  transferBucket: 'CTS.0216',
  lifecycle: 'CTS.0217',
  prefix: 'CTS.0218',
  dataEvent: 'CTS.0219',
  kmsId: 'CTS.0221',
  event: 'CTS.0225',
  bucketName: 'CTS.0231',
};
