"""Names that NumPy, torch and Python removed: the version that removed them, and the replacement."""

from __future__ import annotations

from dataclasses import dataclass

# `1.24-2.0`: removed in the first version, back in the second with another meaning.
TABLE = """
numpy.bool                    1.24-2.0  bool
numpy.int                     1.24      int
numpy.float                   1.24      float
numpy.complex                 1.24      complex
numpy.object                  1.24      object
numpy.str                     1.24      str
numpy.asscalar                1.23      a.item()
numpy.float_                  2.0       np.float64
numpy.complex_                2.0       np.complex128
numpy.cfloat                  2.0       np.complex128
numpy.singlecomplex           2.0       np.complex64
numpy.longfloat               2.0       np.longdouble
numpy.longcomplex             2.0       np.clongdouble
numpy.unicode_                2.0       np.str_
numpy.string_                 2.0       np.bytes_
numpy.int0                    2.0       np.intp
numpy.uint0                   2.0       np.uintp
numpy.bool8                   2.0       np.bool_
numpy.Inf                     2.0       np.inf
numpy.Infinity                2.0       np.inf
numpy.infty                   2.0       np.inf
numpy.PINF                    2.0       np.inf
numpy.NINF                    2.0       -np.inf
numpy.NaN                     2.0       np.nan
numpy.PZERO                   2.0       0.0
numpy.NZERO                   2.0       -0.0
numpy.product                 2.0       np.prod
numpy.cumproduct              2.0       np.cumprod
numpy.sometrue                2.0       np.any
numpy.alltrue                 2.0       np.all
numpy.round_                  2.0       np.round
numpy.msort                   2.0       np.sort(a, axis=0)
numpy.mat                     2.0       np.asmatrix
numpy.cast                    2.0       np.asarray(a, dtype=...)
numpy.asfarray                2.0       np.asarray(a, dtype=float)
numpy.find_common_type        2.0       np.result_type
numpy.issubsctype             2.0       np.issubdtype
numpy.in1d                    2.4       np.isin
numpy.trapz                   2.4       np.trapezoid
numpy.ndarray.ptp             2.0       np.ptp(a)
numpy.ndarray.itemset         2.0       a[i] = value
numpy.ndarray.newbyteorder    2.0       a.view(a.dtype.newbyteorder())
numpy.ndarray.tostring        2.3       a.tobytes()
torch.gels                    1.2       torch.linalg.lstsq(a, b)
torch.gesv                    1.2       torch.linalg.solve(a, b)
torch.potrf                   1.2       torch.linalg.cholesky(a)
torch.trtrs                   1.2       torch.linalg.solve_triangular(a, b, upper=True)
torch.rfft                    1.8       torch.fft.rfft(x)
torch.irfft                   1.8       torch.fft.irfft(x, n)
torch.ifft                    1.8       torch.fft.ifft(x)
torch.Tensor.rfft             1.8       torch.fft.rfft(x)
torch.Tensor.irfft            1.8       torch.fft.irfft(x, n)
torch.Tensor.fft              1.8       torch.fft.fft(x)
torch.Tensor.ifft             1.8       torch.fft.ifft(x)
torch.solve                   2.0       torch.linalg.solve(a, b)
torch.symeig                  2.0       torch.linalg.eigh(a)
torch.eig                     2.0       torch.linalg.eig(a)
torch.lstsq                   2.0       torch.linalg.lstsq(a, b)
torch.matrix_rank             2.0       torch.linalg.matrix_rank(a)
collections.Callable          3.10      collections.abc.Callable
collections.Container         3.10      collections.abc.Container
collections.Hashable          3.10      collections.abc.Hashable
collections.Iterable          3.10      collections.abc.Iterable
collections.Iterator          3.10      collections.abc.Iterator
collections.Mapping           3.10      collections.abc.Mapping
collections.MutableMapping    3.10      collections.abc.MutableMapping
collections.MutableSequence   3.10      collections.abc.MutableSequence
collections.Sequence          3.10      collections.abc.Sequence
collections.Set               3.10      collections.abc.Set
collections.Sized             3.10      collections.abc.Sized
fractions.gcd                 3.9       math.gcd
inspect.getargspec            3.11      inspect.getfullargspec
time.clock                    3.8       time.perf_counter
itertools.izip                3.0       zip
itertools.izip_longest        3.0       itertools.zip_longest
itertools.imap                3.0       map
itertools.ifilter             3.0       filter
operator.div                  3.0       operator.truediv
sys.maxint                    3.0       sys.maxsize
dict.has_key                  3.0       key in d
dict.iteritems                3.0       d.items()
dict.iterkeys                 3.0       d.keys()
dict.itervalues               3.0       d.values()
builtins.basestring           3.0       str
builtins.raw_input            3.0       input
builtins.reduce               3.0       functools.reduce
builtins.unichr               3.0       chr
builtins.unicode              3.0       str
builtins.xrange               3.0       range
import.cPickle                3.0       import pickle
import.Queue                  3.0       import queue
import.StringIO               3.0       import io
import.imp                    3.12      import importlib
"""


@dataclass(frozen=True)
class Removed:
    """A name that is missing from version `since` (up to `until`, if it came back), and its replacement."""

    name: str
    since: str
    until: str
    instead: str

    @property
    def library(self) -> str:
        """The library that the version belongs to."""
        return {"numpy": "NumPy", "torch": "torch"}.get(self.name.partition(".")[0], "Python")

    @property
    def written(self) -> str:
        """The name as learners write it."""
        for long, short in (
            ("numpy.ndarray.", "ndarray."),
            ("torch.Tensor.", "Tensor."),
            ("numpy.", "np."),
            ("builtins.", ""),
            ("import.", "import "),
        ):
            if self.name.startswith(long):
                return short + self.name.removeprefix(long)
        return self.name


def _read(line: str) -> Removed:
    name, versions, instead = line.split(maxsplit=2)
    since, _, until = versions.partition("-")
    return Removed(name, since, until, instead)


REMOVED = {one.name: one for one in map(_read, TABLE.strip().splitlines())}
