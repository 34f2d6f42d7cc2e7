package report

import "sluss/internal/idea"

// Definitions and sources that several measures share.
const (
	reachedText    idea.Word = "Ideas received in the period that have been in the stage or in a later one on the way forward. Every idea has reached the first stage."
	decisionText   idea.Word = "Ideas decided on for the first time: a forum decided anything about it but to postpone it, or it moved to test, introduction, realised or closed."
	toDecisionText idea.Word = "Days from the day received to the first decision: a forum decided anything about it but to postpone it, or it moved to test, introduction, realised or closed. An idea that was over when it was written down does not wait."
	wilsonText     idea.Word = "95 % interval: Wilson (1927), without correction for continuity; see Newcombe (1998)."
	kmText         idea.Word = "Kaplan and Meier (1958): what has not ended counts for as long as it has lasted. 95 % interval by Greenwood's formula."
	typeSevenText  idea.Word = "Quantiles as type 7 of Hyndman and Fan (1996), which R and Excel use."
)
