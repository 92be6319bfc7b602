import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when a test file cannot be used as it is. */
export class TestFileWrong extends WfaibError {
  readonly code = 'test.fileWrong';
}

/** Thrown when a step is called more often than the test has answers for it. */
export class AnswersUsedUp extends WfaibError {
  readonly code = 'test.answersUsedUp';

  constructor(nodeName: string, answers: number) {
    super(
      `"${nodeName}" was called once more than the ${answers} times the test has answers for. Add one, or write a single answer instead of a list.`,
    );
  }
}

/** Thrown when an answer does not fit the step it is for. */
export class AnswerUnfit extends WfaibError {
  readonly code = 'test.answerUnfit';
}
