"""Fine-tuning of a few hundred steps ends early where its first steps bring nothing (OURS).

At 4 bits and more calibration often leaves nothing to gain: hundreds of steps would be made only to be undone. The
trial is no extra work: what it learned stays where it helped.
"""

from __future__ import annotations

from acq_engine.events import FineTuned, LogMessage
from acq_engine.pipeline.revert import Judge
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import ScheduleConfig

LOOKS = 4  # times a student is judged in its trial; one that helps is enough, as single looks are noisy
SHARE = 3  # times the trial that fine-tuning has to be: else too little would be saved
GAIN = 0.1  # part of the divergence by which a look has to be nearer: less is noise, and was gone by the end
RAMP = 20  # part of the schedule in which rates rise: a trial that ends within it would judge too small steps


def is_due(schedule: ScheduleConfig) -> bool:
    """Whether there is a trial: the settings want one, and fine-tuning is neither too short for it nor too long.

    A schedule of thousands of steps gains most at its end, which no few steps foretell.
    """
    steps, trial = schedule.finetune_steps, schedule.trial_steps
    return 0 < SHARE * trial <= steps and LOOKS * steps <= RAMP * trial and not schedule.generator_every


class Trial:
    """Judges a student four times in its first steps; `TrainingSession.fine_tuning_helps` keeps what it found."""

    def __init__(self, session: TrainingSession) -> None:
        self._session, schedule = session, session.config.schedule
        steps = schedule.trial_steps
        self._looks = {steps * number // LOOKS for number in range(1, LOOKS + 1)} if is_due(schedule) else set()
        self._judge: Judge | None = None
        self._after = float("nan")

    @property
    def has_ended(self) -> bool:
        """Whether fine-tuning does not help, and is over."""
        return self._session.fine_tuning_helps is False

    def look(self, step: int) -> LogMessage | None:
        """Judge the student if it is time for that.

        Args:
            step: Steps of fine-tuning that are done.

        Returns:
            What the log says once it is known whether fine-tuning helps; None before and after that.
        """
        session = self._session
        if session.fine_tuning_helps is not None or step not in self._looks:
            return None
        judge = self._judge = self._judge or Judge(session)
        self._after = judge.now()
        if self._after < (1 - GAIN) * judge.before:
            session.fine_tuning_helps = True
            return LogMessage("info", f"{step} steps brought the quantized model nearer to the float model "
                              f"({judge.figures(self._after)}), so fine-tuning continues.")
        if step < max(self._looks):
            return None
        session.fine_tuning_helps = False
        return LogMessage("info", f"Fine-tuning ended after {step} steps, as it did not clearly help; the calibrated "
                          f"weights are kept ({judge.figures(self._after)}).")

    def give_up(self, began: int, step: int) -> FineTuned:
        """Put the calibrated weights back.

        Args:
            began: The global step that fine-tuning began after.
            step: Steps of fine-tuning that were done.
        """
        judge = self._judge or Judge(self._session)  # a resumed run only knows that it is over
        after = judge.now() if self._judge is None else self._after
        judge.take_back()
        return FineTuned(False, began, judge.before, after, tried=step)
