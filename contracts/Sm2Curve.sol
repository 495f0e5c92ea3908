// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The curve of SM2 (椭圆曲线公钥密码算法)
/// @notice Tells points of the curve that GB/T 32918.5-2017 recommends: y^2 = x^3 + ax + b modulo P, with
/// a = P - 3.
library Sm2Curve {
    uint256 private constant P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff;
    uint256 private constant A = P - 3;
    uint256 private constant B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93;

    /// @notice Whether two coordinates are a point of the curve, and so a possible public key.
    /// @dev The curve's cofactor is 1, so every point has the full order. The point at infinity has no
    /// coordinates, and (0, 0) is not on the curve.
    /// @param x The first coordinate, big-endian.
    /// @param y The second coordinate, big-endian.
    /// @return True when they are, each reduced modulo P.
    function isPoint(bytes32 x, bytes32 y) internal pure returns (bool) {
        uint256 u = uint256(x);
        uint256 v = uint256(y);
        if (u >= P || v >= P) return false;
        uint256 cubic = addmod(mulmod(addmod(mulmod(u, u, P), A, P), u, P), B, P);
        return mulmod(v, v, P) == cubic;
    }
}
