import { describeLargeBodies, describeMatrix } from './matrix.ts';

describeMatrix('personr');
describeLargeBodies('personr', 'personr.document.upload', '/api-document-upload');
