package web

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain: when the tests of this package are done, nothing of them runs any more.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
