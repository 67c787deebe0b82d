import { describeLargeBodies, describeMatrix } from './matrix.ts';

describeMatrix('sumsub');
describeLargeBodies('sumsub', 'sumsub.document.upload', '/info/idDoc', 43_000_000);
