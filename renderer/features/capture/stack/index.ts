export { StackDialog } from './StackDialog.tsx';
export { StackReview } from './StackReview.tsx';
