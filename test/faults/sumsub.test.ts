import { describeLargeBodies, describeMatrix } from './matrix.ts';

describeMatrix('sumsub', { isEveryRow: false });
describeLargeBodies('sumsub', 'sumsub.document.upload', '/info/idDoc', 43_000_000);
