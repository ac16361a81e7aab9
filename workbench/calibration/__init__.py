"""Calibration: how far the offline grader agrees with the gold labels."""

from workbench.calibration.agreement import Agreement
from workbench.calibration.run import Calibration, calibrate

__all__ = ["Agreement", "Calibration", "calibrate"]
