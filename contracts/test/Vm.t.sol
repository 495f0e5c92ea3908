// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The cheatcodes that the tests use
/// @dev Only what is used, of what the Solidity test runner offers at this address.
interface Vm {
    function prank(address caller) external;

    function startPrank(address caller) external;

    function stopPrank() external;

    function warp(uint256 time) external;

    function expectRevert(bytes calldata reason) external;

    function expectEmit(address emitter) external;

    function getCode(string calldata artifact) external view returns (bytes memory);

    function assume(bool condition) external pure;

    function snapshotGasLastCall(string calldata group, string calldata name) external;

    function assertTrue(bool condition) external pure;

    function assertFalse(bool condition) external pure;

    function assertEq(uint256 left, uint256 right) external pure;

    function assertEq(bytes32 left, bytes32 right) external pure;

    function assertEq(address left, address right) external pure;
}

/// @dev The address is the last 20 bytes of keccak256("hevm cheat code").
Vm constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
